/** Tests of {@link io.graft.cli.invocation}. */
@NullMarked
package io.graft.cli.invocation;

import org.jspecify.annotations.NullMarked;
