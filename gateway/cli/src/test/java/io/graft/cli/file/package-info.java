/** Tests of {@link io.graft.cli.file}. */
@NullMarked
package io.graft.cli.file;

import org.jspecify.annotations.NullMarked;
