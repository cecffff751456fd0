package io.graft.engine.metrics.comparison;

/**
 * A confidence interval.
 *
 * @param level its coverage, such as 0.95; half of what is missing lies on each side
 */
public record Interval(double low, double high, double level) {}
