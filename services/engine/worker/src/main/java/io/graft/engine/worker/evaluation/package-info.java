/** Jobs of kind {@code evaluate}: how models are measured row by row, and what is made of it. */
@NullMarked
package io.graft.engine.worker.evaluation;

import org.jspecify.annotations.NullMarked;
