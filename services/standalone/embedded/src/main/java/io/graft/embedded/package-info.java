/** Real PostgreSQL, Kafka and S3 storage for one machine, with nothing installed but a JDK. */
@NullMarked
package io.graft.embedded;

import org.jspecify.annotations.NullMarked;
