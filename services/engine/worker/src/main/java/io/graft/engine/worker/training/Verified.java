package io.graft.engine.worker.training;

import io.graft.engine.pruning.verification.LosslessRatio;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What networks that were trained on parts of a source know of the target.
 *
 * @param tolerance how far accuracy may fall
 * @param seeds of each arm's trainings
 * @param arms {@link #FULL}, {@link #PRUNED}, {@link #RANDOM}, then other ratios if any were tried
 */
record Verified(double tolerance, List<Long> seeds, List<Arm> arms) {
    static final String FULL = "full";
    static final String PRUNED = "pruned";
    static final String RANDOM = "random";

    Verified {
        seeds = List.copyOf(seeds);
        arms = List.copyOf(arms);
    }

    /**
     * One part of the source.
     *
     * @param ratio that was pruned for it; NaN for the arms that no ratio was tried for
     * @param rows how many there are
     * @param steps of one training
     * @param accuracies on the target's rows that are kept back, one a seed
     */
    record Arm(String name, double ratio, int rows, long steps, List<Double> accuracies) {
        Arm {
            accuracies = List.copyOf(accuracies);
        }

        double mean() {
            return accuracies.stream().mapToDouble(each -> each).average().orElseThrow();
        }
    }

    /** The arm of a name. */
    Arm arm(String name) {
        return arms.stream().filter(arm -> arm.name().equals(name)).findFirst().orElseThrow();
    }

    /** Whether what stays is as good as everything, within the tolerance. */
    boolean isLossless() {
        return arm(PRUNED).mean() >= arm(FULL).mean() - tolerance;
    }

    /** Whether ratios were tried. */
    boolean hasRatios() {
        return arms.stream().anyMatch(arm -> arm.ratio() > 0);
    }

    /** The greatest ratio that lost nothing, with every smaller one that was tried; 0 if none. */
    double losslessRatio() {
        LosslessRatio.@Nullable Trial greatest = LosslessRatio.greatest(
                arms.stream()
                        .filter(arm -> arm.ratio() >= 0)
                        .map(arm -> new LosslessRatio.Trial(arm.ratio(), arm.mean()))
                        .toList(),
                tolerance);
        return greatest == null ? 0 : greatest.ratio();
    }

    /** As in the job's result. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String name : List.of(FULL, PRUNED, RANDOM)) {
            metrics.put("verify_" + name, arm(name).mean());
        }
        metrics.put("verify_lossless", isLossless() ? 1.0 : 0.0);
        if (hasRatios()) {
            metrics.put("verify_lossless_ratio", losslessRatio());
        }
        return metrics;
    }
}
