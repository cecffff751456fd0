/** The {@code graft} command: its tree of commands and how it ends. */
@NullMarked
package io.graft.cli;

import org.jspecify.annotations.NullMarked;
