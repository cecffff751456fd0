/** Waiting between tries of something that may work later. */
@NullMarked
package io.graft.platform.backoff;

import org.jspecify.annotations.NullMarked;
