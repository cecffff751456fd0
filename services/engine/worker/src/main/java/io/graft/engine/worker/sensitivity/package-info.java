/** Jobs of kind {@code sensitivity}: how sharply a loss bends, and what a learning rate that is not the best costs. */
@NullMarked
package io.graft.engine.worker.sensitivity;

import org.jspecify.annotations.NullMarked;
