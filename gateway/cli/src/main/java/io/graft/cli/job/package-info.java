/** Jobs: look, list, watch, cancel. */
@NullMarked
package io.graft.cli.job;

import org.jspecify.annotations.NullMarked;
