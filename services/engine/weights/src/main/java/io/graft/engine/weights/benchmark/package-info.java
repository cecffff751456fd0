/** Measures a transfer against a plain copy of its output on the same machine. */
@NullMarked
package io.graft.engine.weights.benchmark;

import org.jspecify.annotations.NullMarked;
