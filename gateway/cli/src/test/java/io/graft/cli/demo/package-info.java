/** Tests of {@link io.graft.cli.demo}. */
@NullMarked
package io.graft.cli.demo;

import org.jspecify.annotations.NullMarked;
