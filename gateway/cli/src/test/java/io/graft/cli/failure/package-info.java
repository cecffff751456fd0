/** Tests of {@link io.graft.cli.failure}. */
@NullMarked
package io.graft.cli.failure;

import org.jspecify.annotations.NullMarked;
