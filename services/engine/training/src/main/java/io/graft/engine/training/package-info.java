/** The loop of a training: batches, losses, gradients, steps, evaluations, checkpoints and how they are resumed. */
@NullMarked
package io.graft.engine.training;

import org.jspecify.annotations.NullMarked;
