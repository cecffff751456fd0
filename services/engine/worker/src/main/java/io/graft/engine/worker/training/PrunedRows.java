package io.graft.engine.worker.training;

import com.google.protobuf.Value;
import io.graft.engine.pruning.ClassRanking;
import io.graft.engine.pruning.Pruning;
import io.graft.engine.pruning.SourceSamples;
import io.graft.engine.pruning.verification.SurrogateCost;
import io.graft.v1.PruneSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a pruning came to.
 *
 * @param names of the source's classes, in the order of their numbers; empty without labels
 * @param verified null unless asked for
 */
record PrunedRows(
        PruneSpec spec,
        List<String> names,
        SourceSamples samples,
        Pruning pruning,
        @Nullable Verified verified) {
    PrunedRows {
        names = List.copyOf(names);
    }

    /** How many classes, or clusters, were chosen among; 0 without either. */
    int classes() {
        return pruning.keptClasses().size() + pruning.droppedClasses().size();
    }

    /** Whether the classes are the source's own, with its names and rows; clusters of k-means are not. */
    boolean areOwnClasses() {
        return classes() == names.size()
                && !spec.getMethod()
                        .getParams()
                        .getFieldsOrDefault("prototypes", Value.getDefaultInstance())
                        .getStringValue()
                        .equals("kmeans");
    }

    /** The name of a class for people. */
    String name(int id) {
        return areOwnClasses() ? names.get(id) : "cluster " + id;
    }

    /** The votes for each class by its number; empty unless the target's rows voted. */
    Map<Integer, ClassRanking.ClassScore> scores() {
        Map<Integer, ClassRanking.ClassScore> scores = new HashMap<>();
        @Nullable ClassRanking ranking = pruning.ranking();
        if (ranking != null) {
            ranking.classes().forEach(score -> scores.put(score.id(), score));
        }
        return scores;
    }

    /** Measurements that every attempt makes alike. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("rows", (double) samples.count());
        metrics.put("kept_rows", (double) pruning.kept().count());
        metrics.put("kept_classes", (double) pruning.keptClasses().size());
        metrics.put("dropped_classes", (double) pruning.droppedClasses().size());
        metrics.put("expected_speed_up", pruning.kept().expectedSpeedUp());
        @Nullable ClassRanking ranking = pruning.ranking();
        if (ranking != null) {
            metrics.put("zero_score_classes", (double) ranking.withoutVotes().size());
            metrics.put("kept_zero_score_classes", (double) ranking.keptWithoutVotes());
            metrics.put("coverage", ranking.coverage());
            metrics.put("coverage_entropy", ranking.coverageEntropy());
        }
        if (spec.hasSurrogateCost()) {
            SurrogateCost cost = new SurrogateCost(spec.getSurrogateCost().getTrainingShare(), 0, 1);
            metrics.put(
                    "net_speed_up",
                    cost.netSpeedUp(
                            pruning.kept(), Math.max(1, spec.getSurrogateCost().getTargets())));
        }
        if (verified != null) {
            metrics.putAll(verified.metrics());
        }
        return metrics;
    }
}
