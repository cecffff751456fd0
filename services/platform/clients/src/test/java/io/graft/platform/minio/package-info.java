@NullMarked
package io.graft.platform.minio;

import org.jspecify.annotations.NullMarked;
