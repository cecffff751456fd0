package io.graft.engine.metrics.scaling;

import io.graft.engine.metrics.comparison.Interval;

/**
 * One parameter of a fitted law.
 *
 * @param name as in {@link ScalingLaw#parameters}
 * @param interval at 0.95, of refits to resampled residuals; wide where parameters make up for one another
 */
public record FittedParameter(String name, double value, Interval interval) {}
