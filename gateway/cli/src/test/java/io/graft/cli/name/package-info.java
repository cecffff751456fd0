/** Tests of {@link io.graft.cli.name}. */
@NullMarked
package io.graft.cli.name;

import org.jspecify.annotations.NullMarked;
