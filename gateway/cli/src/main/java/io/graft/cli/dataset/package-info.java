/** Data sets and their versions. */
@NullMarked
package io.graft.cli.dataset;

import org.jspecify.annotations.NullMarked;
