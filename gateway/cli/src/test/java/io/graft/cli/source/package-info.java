/** Tests of {@link io.graft.cli.source}. */
@NullMarked
package io.graft.cli.source;

import org.jspecify.annotations.NullMarked;
