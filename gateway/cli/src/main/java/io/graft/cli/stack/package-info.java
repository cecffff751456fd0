/** The stack of this machine: start, stop, look. */
@NullMarked
package io.graft.cli.stack;

import org.jspecify.annotations.NullMarked;
