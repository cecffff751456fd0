/** What a command writes: results on standard output, everything else on standard error. */
@NullMarked
package io.graft.cli.terminal;

import org.jspecify.annotations.NullMarked;
