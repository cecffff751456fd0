package io.graft.engine.metrics.gate;

import io.graft.engine.metrics.InputCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate must show to be promoted. Absent conditions (null) are not asked; at least one must be there. Gains and
 * losses are counted so that more is better, whatever the metric's {@link Direction}.
 *
 * @param metric the metric's name; runs of another one are refused
 * @param minAbs the candidate's own value must reach this; for metrics of which less is better, must not exceed it;
 *     over all examples and in each subset
 * @param maxRegression the candidate may lose at most this against the baseline: over all examples, in each subset, and on
 *     each retained task; 0 or more, in the metric's own unit
 * @param alpha the probability of promoting a candidate that breaks a condition; between 0 and 0.5, usually 0.05
 * @param minEffect the candidate must gain more than this, over all examples and in each subset; 0 asks for any gain,
 *     shown beyond chance
 * @param subsets names of subsets in each of which every condition must hold too
 */
public record GateRule(
        String metric,
        @Nullable Double minAbs,
        @Nullable Double maxRegression,
        double alpha,
        @Nullable Double minEffect,
        List<String> subsets) {
    /**
     * @throws io.graft.engine.metrics.MetricInputException naming every field that makes no sense
     */
    public GateRule {
        subsets = List.copyOf(subsets);
        new InputCheck()
                .require(!metric.isBlank(), "metric", "is blank", "name the metric of the runs to compare")
                .require(
                        alpha > 0 && alpha < 0.5,
                        "alpha",
                        "is " + alpha,
                        "take a value between 0 and 0.5, usually 0.05")
                .require(isFinite(minAbs), "min_abs", "is " + minAbs, "give a number or leave it out")
                .require(
                        maxRegression == null || maxRegression >= 0,
                        "max_regression",
                        "is " + maxRegression,
                        "give the largest loss to accept, 0 or more")
                .require(
                        minEffect == null || minEffect >= 0,
                        "min_effect",
                        "is " + minEffect,
                        "give the gain to ask for, 0 or more")
                .require(
                        minAbs != null || maxRegression != null || minEffect != null,
                        "min_abs, max_regression, min_effect",
                        "are all absent",
                        "set at least one: a gate without a condition decides nothing")
                .done();
    }

    private static boolean isFinite(@Nullable Double value) {
        return value == null || Double.isFinite(value);
    }

    /** Promotes on any gain that is beyond chance at 0.05. */
    public static GateRule anyGain(String metric) {
        return new GateRule(metric, null, null, 0.05, 0.0, List.of());
    }

    /** Promotes when the candidate is shown at 0.05 to lose no more than this. */
    public static GateRule noWorse(String metric, double maxRegression) {
        return new GateRule(metric, null, maxRegression, 0.05, null, List.of());
    }
}
