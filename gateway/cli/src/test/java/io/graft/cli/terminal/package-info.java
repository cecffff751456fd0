/** Tests of {@link io.graft.cli.terminal}. */
@NullMarked
package io.graft.cli.terminal;

import org.jspecify.annotations.NullMarked;
