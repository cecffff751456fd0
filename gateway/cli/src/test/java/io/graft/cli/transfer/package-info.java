/** Tests of {@link io.graft.cli.transfer}. */
@NullMarked
package io.graft.cli.transfer;

import org.jspecify.annotations.NullMarked;
