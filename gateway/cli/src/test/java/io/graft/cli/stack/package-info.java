/** Tests of {@link io.graft.cli.stack}. */
@NullMarked
package io.graft.cli.stack;

import org.jspecify.annotations.NullMarked;
