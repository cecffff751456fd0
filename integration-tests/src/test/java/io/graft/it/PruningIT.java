package io.graft.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A classifier is trained, a data set pruned with it for a target, and another trained on the version that came of it. */
final class PruningIT {
    private static final int CLASSES = 4;
    private static final int SIDE = 4;

    private final RestClient rest = SharedStack.get().rest();
    private final String prefix = "prune-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aPrunedDataSetIsAVersionThatTrainingReads() {
        String source = rest.uploadDataset(prefix + "-source", pictures(12, 0, 1, 2, 3));
        String target = rest.uploadDataset(prefix + "-target", pictures(5, 2));
        String surrogate = done("Train", train(source)).getString("outputs[0]");
        Map<String, Object> spec = new HashMap<>();
        spec.put("source", Map.of("dataset", source, "split", "train"));
        spec.put("target", Map.of("dataset", target, "split", "train"));
        spec.put("method", Map.of("name", "label_mapping"));
        spec.put("surrogate", surrogate);
        spec.put("keepClasses", 1);
        spec.put("outputDataset", "tenants/default/datasets/" + prefix + "-less");

        JsonPath pruned = done("Pruning", spec);

        assertThat(pruned.getDouble("result.metrics.kept_rows")).isEqualTo(12);
        assertThat(pruned.getDouble("result.metrics.expected_speed_up")).isEqualTo(4);
        String version = pruned.getString("outputs[0]");
        assertThat(version).isEqualTo("tenants/default/datasets/" + prefix + "-less/versions/1");
        JsonPath registered = rest.version(version);
        assertThat(registered.getInt("rowsBySplit.train")).isEqualTo(12);
        assertThat(registered.getString("job")).isEqualTo(pruned.getString("name"));
        assertThat(registered.getList("parents.parent", String.class))
                .containsExactlyInAnyOrder(source, target, surrogate);
        assertThat(new String(rest.download(version, "pruning/kept-rows"), StandardCharsets.US_ASCII))
                .startsWith("2\n6\n10\n");
        assertThat(pruned.getString("result.report")).isEqualTo("pruning/report.html");
        assertThat(new String(rest.report(pruned.getString("name"), "pruning/report.html"), StandardCharsets.UTF_8))
                .contains("12 of 48 rows stay", "Left out: 3 classes");
        assertThat(done("Train", train(version)).getList("outputs")).hasSize(1);
    }

    @Test
    void aPruningThatCannotBeIsRefusedWithEveryReason() {
        String source = rest.uploadDataset(prefix + "-rows", pictures(3, 0, 1));
        Response refused = rest.post(
                "/jobs:submitPruning",
                Map.of(
                        "spec",
                        Map.of(
                                "source", Map.of("dataset", source),
                                "target", Map.of("dataset", source, "split", "test"),
                                "method", Map.of("name", "label_mapping"),
                                "pruneRatio", 1)));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString())
                .contains("spec.target.split", "spec.surrogate", "spec.prune_ratio", "spec.output_dataset");
    }

    private JsonPath done(String kind, Map<String, Object> spec) {
        String job = rest.post("/jobs:submit" + kind, Map.of("spec", spec))
                .then()
                .statusCode(200)
                .extract()
                .path("name");
        JsonPath ended = rest.awaitEnd(job);
        assertThat(ended.getString("state")).as(ended.prettify()).isEqualTo("JOB_STATE_SUCCEEDED");
        return ended;
    }

    private Map<String, Object> train(String dataset) {
        return Map.of(
                "newModel",
                Map.of(
                        "config",
                        Map.of(
                                "model_type",
                                "mlp",
                                "architectures",
                                List.of("MlpForImageClassification"),
                                "input_size",
                                SIDE * SIDE,
                                "hidden_size",
                                16)),
                "outputModel",
                "tenants/default/models/" + prefix,
                "data",
                Map.of("dataset", dataset, "split", "train", "classes", List.of("0", "1", "2", "3")),
                "objective",
                Map.of("name", "classification"),
                "loop",
                Map.of("optimizer", Map.of("name", "adamw", "params", Map.of("lr", 0.02)), "maxSteps", 60));
    }

    /** IDX files of pictures with four bright pixels of their class. */
    private static Map<String, byte[]> pictures(int each, int... classes) {
        int count = each * classes.length;
        ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
        ByteBuffer labels = ByteBuffer.allocate(8 + count);
        images.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
        labels.putInt(0x801).putInt(count);
        for (int row = 0; row < each; row++) {
            for (int label : classes) {
                for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                    images.put((byte) (pixel / CLASSES == label ? 200 : 5 + 7 * row % 50));
                }
                labels.put((byte) label);
            }
        }
        return Map.of("train-images-idx3-ubyte", images.array(), "train-labels-idx1-ubyte", labels.array());
    }
}
