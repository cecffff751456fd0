/** Tests of {@link io.graft.cli.job}. */
@NullMarked
package io.graft.cli.job;

import org.jspecify.annotations.NullMarked;
