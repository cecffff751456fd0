/** Tests of {@link io.graft.cli.bench}. */
@NullMarked
package io.graft.cli.bench;

import org.jspecify.annotations.NullMarked;
