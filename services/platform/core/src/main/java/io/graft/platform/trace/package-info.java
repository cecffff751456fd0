/** The thread from a call to its worker. */
@NullMarked
package io.graft.platform.trace;

import org.jspecify.annotations.NullMarked;
