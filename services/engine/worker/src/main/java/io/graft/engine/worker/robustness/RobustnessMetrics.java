package io.graft.engine.worker.robustness;

import io.graft.engine.metrics.robustness.AttackResult;
import io.graft.engine.metrics.robustness.AttributionSimilarity;
import io.graft.engine.metrics.robustness.RobustnessScore;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The job's numbers, by the names that its specification tells; what has no value is left out. */
final class RobustnessMetrics {
    private RobustnessMetrics() {}

    static SortedMap<String, Double> of(AttackedVersion version, List<SiblingOutcome> siblings) {
        RobustnessScore score = version.score();
        SortedMap<String, Double> metrics = new TreeMap<>();
        metrics.put("rows", (double) version.rows());
        metrics.put("accuracy", version.accuracy());
        metrics.put("attacked", (double) score.attacked());
        metrics.put("success_rate", score.successRate());
        metrics.put("robust_accuracy", version.accuracy() * (1 - score.successRate()));
        metrics.put("mean_queries", score.meanQueries());
        metrics.put("median_queries", score.medianQueries());
        metrics.put(
                "queries",
                score.results().stream().mapToDouble(AttackResult::queries).sum());
        metrics.put("mean_l2", score.meanEuclideanChange());
        metrics.put(
                "mean_linf", mean(version.fooled(), picture -> picture.result().largestChange()));
        metrics.put("transfer_rate", mean(siblings, SiblingOutcome::transferRate));
        for (int i = 0; i < siblings.size(); i++) {
            metrics.put("transfer_rate_" + (i + 1), siblings.get(i).transferRate());
        }
        List<AttributionSimilarity> maps = version.fooled().stream()
                .map(AttackedPicture::attribution)
                .filter(Objects::nonNull)
                .toList();
        metrics.put("attribution_iou", mean(maps, AttributionSimilarity::intersectionOverUnion));
        metrics.put("attribution_l1", mean(maps, AttributionSimilarity::l1));
        metrics.values().removeIf(value -> value.isNaN());
        return metrics;
    }

    private static <T> double mean(List<T> of, ToDoubleFunction<T> value) {
        return of.stream().mapToDouble(value).average().orElse(Double.NaN);
    }
}
