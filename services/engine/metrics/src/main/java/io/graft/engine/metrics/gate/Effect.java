package io.graft.engine.metrics.gate;

import io.graft.engine.metrics.comparison.Interval;
import io.graft.engine.metrics.comparison.McNemar;
import org.jspecify.annotations.Nullable;

/**
 * The candidate beside the baseline on one list of examples.
 *
 * @param task the target, a subset or a retained task
 * @param examples how many
 * @param candidate the candidate's value of the metric
 * @param baseline the baseline's
 * @param gain candidate less baseline, or the other way round where less is better: above 0 is an improvement, below 0
 *     what was forgotten
 * @param interval bounds of the gain, with the gate's alpha on each side
 * @param bootstrapInterval percentiles of the paired bootstrap at the same level
 * @param bootstrapP one-sided: the share of resamples without a gain
 * @param mcNemar the exact test, for scores of 0 and 1: how many examples were gained and lost, and p
 */
public record Effect(
        String task,
        String metric,
        int examples,
        double candidate,
        double baseline,
        double gain,
        Interval interval,
        Interval bootstrapInterval,
        double bootstrapP,
        @Nullable McNemar mcNemar) {}
