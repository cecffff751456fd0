package io.graft.engine.worker.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.JsonFormat;
import io.graft.engine.pruning.ClassRanking;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.PulledInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a pruned data set says about itself: what was kept, why, and of what. The same for every attempt. */
record PruningManifest(JobRun run, PrunedRows pruned) {
    /** Where it lies in the data set. */
    static final String FILE = "pruning/manifest.json";

    /** Where the indices of the kept rows lie, in decimal, one a line. */
    static final String ROWS = "pruning/kept-rows";

    private static final JsonMapper JSON = new JsonMapper();

    String rows() throws IOException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        pruned.pruning().kept().write(rows);
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
        json.set("spec", JSON.readTree(JsonFormat.printer().print(pruned.spec())));
        json.put("rows", pruned.samples().count());
        json.put("kept_rows", pruned.pruning().kept().count());
        json.put("kept_rows_file", ROWS);
        json.put("kept_rows_sha256", pruned.pruning().kept().digest());
        ObjectNode metrics = json.putObject("metrics");
        pruned.metrics().forEach(metrics::put);
        classes(json.putArray("classes"));
        @Nullable Verified verified = pruned.verified();
        if (verified != null) {
            verification(json.putObject("verification"), verified);
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    private static void verification(ObjectNode json, Verified verified) {
        json.put("tolerance", verified.tolerance());
        ArrayNode seeds = json.putArray("seeds");
        verified.seeds().forEach(seeds::add);
        json.put("lossless", verified.isLossless());
        if (verified.hasRatios()) {
            json.put("lossless_ratio", verified.losslessRatio());
        }
        ArrayNode arms = json.putArray("arms");
        for (Verified.Arm arm : verified.arms()) {
            ObjectNode each = arms.addObject()
                    .put("name", arm.name())
                    .put("rows", arm.rows())
                    .put("steps", arm.steps())
                    .put("mean_accuracy", arm.mean());
            ArrayNode accuracies = each.putArray("accuracies");
            arm.accuracies().forEach(accuracies::add);
        }
    }

    private void classes(ArrayNode list) {
        Map<Integer, ClassRanking.ClassScore> scores = pruned.scores();
        Set<Integer> kept = new HashSet<>(pruned.pruning().keptClasses());
        int[] sizes = pruned.samples().classSizes();
        boolean named = pruned.areOwnClasses();
        for (int id = 0; id < pruned.classes(); id++) {
            ObjectNode each = list.addObject().put("id", id).put("kept", kept.contains(id));
            if (named) {
                each.put("name", pruned.name(id)).put("rows", sizes[id]);
            }
            ClassRanking.@Nullable ClassScore score = scores.get(id);
            if (score != null) {
                each.put("votes", score.votes()).put("likelihood", score.likelihood());
            }
        }
    }
}
