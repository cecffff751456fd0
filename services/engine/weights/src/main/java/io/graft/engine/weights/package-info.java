/**
 * Moves fine-tuning between models: subtracts weights, adds differences, streams through bounded memory.
 *
 * <p>Callers use {@link io.graft.engine.weights.WeightGraft} and {@link io.graft.engine.weights.DiffExtraction}. Start the
 * JVM with {@code --add-modules jdk.incubator.vector} for full speed; without it the same bits come out of a scalar loop.
 */
@NullMarked
package io.graft.engine.weights;

import org.jspecify.annotations.NullMarked;
