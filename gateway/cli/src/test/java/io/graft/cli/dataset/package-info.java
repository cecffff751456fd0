/** Tests of {@link io.graft.cli.dataset}. */
@NullMarked
package io.graft.cli.dataset;

import org.jspecify.annotations.NullMarked;
