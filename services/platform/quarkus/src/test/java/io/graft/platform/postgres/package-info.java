/** State in PostgreSQL, tried on a real one. */
@NullMarked
package io.graft.platform.postgres;

import org.jspecify.annotations.NullMarked;
