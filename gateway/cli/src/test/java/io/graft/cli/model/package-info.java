/** Tests of {@link io.graft.cli.model}. */
@NullMarked
package io.graft.cli.model;

import org.jspecify.annotations.NullMarked;
