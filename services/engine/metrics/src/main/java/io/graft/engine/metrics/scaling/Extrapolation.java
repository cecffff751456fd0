package io.graft.engine.metrics.scaling;

import io.graft.engine.metrics.comparison.Interval;

/**
 * A predicted score.
 *
 * @param interval of a new observation at 0.95: the law refitted to resampled residuals, with a residual added
 */
public record Extrapolation(double size, double score, Interval interval) {}
