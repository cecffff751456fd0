/** Jobs of kind {@code robustness}: how a classifier of pictures stands an attack. */
@NullMarked
package io.graft.engine.worker.robustness;

import org.jspecify.annotations.NullMarked;
