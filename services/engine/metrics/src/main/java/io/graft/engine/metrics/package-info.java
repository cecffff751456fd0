/** Figures of merit of models, and whether a difference between two models can be trusted. Plain arithmetic: no model is run here. */
@NullMarked
package io.graft.engine.metrics;

import org.jspecify.annotations.NullMarked;
