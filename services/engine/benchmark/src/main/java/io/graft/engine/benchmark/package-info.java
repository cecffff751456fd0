/** Measures training beside the libraries that people would otherwise use. */
@NullMarked
package io.graft.engine.benchmark;

import org.jspecify.annotations.NullMarked;
