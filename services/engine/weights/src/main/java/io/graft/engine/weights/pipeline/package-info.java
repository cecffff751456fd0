/** Runs a kernel over every chunk of a model's output on several threads, in bounded memory and with fixed results. */
@NullMarked
package io.graft.engine.weights.pipeline;

import org.jspecify.annotations.NullMarked;
