/** The artifact store over the S3 protocol; the one place that knows the MinIO library. */
@NullMarked
package io.graft.platform.minio;

import org.jspecify.annotations.NullMarked;
