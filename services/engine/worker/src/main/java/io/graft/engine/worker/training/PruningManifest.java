package io.graft.engine.worker.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.graft.engine.pruning.ClassRanking;
import io.graft.engine.pruning.Pruning;
import io.graft.engine.pruning.SourceSamples;
import io.graft.engine.pruning.verification.SurrogateCost;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.PulledInput;
import io.graft.v1.PruneSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a pruned data set says about itself: what was kept, why, and of what. The same for every attempt. */
final class PruningManifest {
    /** Where it lies in the data set. */
    static final String FILE = "pruning/manifest.json";

    /** Where the indices of the kept rows lie, in decimal, one a line. */
    static final String ROWS = "pruning/kept-rows";

    private static final JsonMapper JSON = new JsonMapper();

    private final JobRun run;
    private final PruneSpec spec;
    private final List<String> names;
    private final SourceSamples samples;
    private final Pruning pruning;

    /** @param names of the source's classes, in the order of their numbers; empty without labels */
    PruningManifest(JobRun run, PruneSpec spec, List<String> names, SourceSamples samples, Pruning pruning) {
        this.run = run;
        this.spec = spec;
        this.names = List.copyOf(names);
        this.samples = samples;
        this.pruning = pruning;
    }

    String rows() throws IOException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        pruning.kept().write(rows);
        return rows.toString(StandardCharsets.US_ASCII);
    }

    String json() throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", "graft.pruning.v1");
        ObjectNode inputs = json.putObject("inputs");
        for (PulledInput input : run.inputs()) {
            inputs.putObject(input.input().getRole())
                    .put("version", input.input().getVersion())
                    .put("digest", input.input().getDigest());
        }
        json.set("spec", JSON.readTree(JsonFormat.printer().print(spec)));
        json.put("rows", samples.count());
        json.put("kept_rows", pruning.kept().count());
        json.put("kept_rows_file", ROWS);
        json.put("kept_rows_sha256", pruning.kept().digest());
        ObjectNode metrics = json.putObject("metrics");
        measured().forEach(metrics::put);
        classes(json.putArray("classes"));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    private void classes(ArrayNode list) {
        Map<Integer, ClassRanking.ClassScore> scores = new HashMap<>();
        @Nullable ClassRanking ranking = pruning.ranking();
        if (ranking != null) {
            ranking.classes().forEach(score -> scores.put(score.id(), score));
        }
        Set<Integer> kept = new HashSet<>(pruning.keptClasses());
        int[] sizes = samples.classSizes();
        int count = pruning.keptClasses().size() + pruning.droppedClasses().size();
        boolean named = count == names.size() && !areClusters();
        for (int id = 0; id < count; id++) {
            ObjectNode each = list.addObject().put("id", id).put("kept", kept.contains(id));
            if (named) {
                each.put("name", names.get(id)).put("rows", sizes[id]);
            }
            ClassRanking.@Nullable ClassScore score = scores.get(id);
            if (score != null) {
                each.put("votes", score.votes()).put("likelihood", score.likelihood());
            }
        }
    }

    /** Clusters of k-means have neither the names nor the sizes of the source's classes. */
    private boolean areClusters() {
        return spec.getMethod()
                .getParams()
                .getFieldsOrDefault("prototypes", Value.getDefaultInstance())
                .getStringValue()
                .equals("kmeans");
    }

    /** @param seconds that the surrogate took */
    Map<String, Double> metrics(double seconds) {
        Map<String, Double> metrics = measured();
        metrics.put("scoring_seconds", seconds);
        return metrics;
    }

    private Map<String, Double> measured() {
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
        return metrics;
    }
}
