package io.graft.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Real training over REST: a decoder is trained from nothing, tuned, merged, measured, paused, resumed and refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrainingStoryIT {
    private final RestClient rest = SharedStack.get().rest();
    private final String prefix = "training-" + UUID.randomUUID().toString().substring(0, 8);
    private String data = "";

    @BeforeAll
    void uploadRows() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            rows.append("{\"prompt\": \"%d and %d make \", \"completion\": \"%d\"}\n"
                    .formatted(i % 5, i % 7, i % 5 + i % 7));
        }
        data = rest.uploadDataset(
                prefix + "-sums", Map.of("train.jsonl", rows.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aModelIsTrainedTunedMergedAndMeasured() {
        JsonPath trained = succeeded(rest.submit("submitTrain", train(loop(40, 1e-2)), prefix + "-train"));
        assertThat(trained.getDouble("result.metrics.steps")).isEqualTo(40);
        String base = trained.getString("outputs[0]");

        JsonPath tuned = succeeded(rest.submit("submitFinetune", finetune(base), prefix + "-tune"));
        String adapter = tuned.getString("outputs[0]");
        assertThat(rest.version(adapter).getString("kind")).isEqualTo("ARTIFACT_KIND_ADAPTER");
        assertThat(rest.version(adapter).getList("parents.role")).contains("base", "data");

        JsonPath merge = succeeded(rest.submit(
                "submitMerge", Map.of("adapter", adapter, "outputModel", model("merged")), prefix + "-merge"));
        String merged = merge.getString("outputs[0]");
        assertThat(rest.version(merged).getString("kind")).isEqualTo("ARTIFACT_KIND_FULL");

        double ofBase = loss(base, "base");
        double ofAdapter = loss(adapter, "adapter");
        assertThat(loss(merged, "merged")).isCloseTo(ofAdapter, within(1e-4)).isLessThan(ofBase);
        theGateLetsPassWhatHasLearnt(merged, base, ofBase);
    }

    private void theGateLetsPassWhatHasLearnt(String merged, String base, double ofBase) {
        Map<String, Object> spec = measure(merged);
        spec.put("against", Map.of("version", base));
        spec.put("gate", Map.of("maxRegression", 0));
        JsonPath ended = succeeded(rest.submit("submitEvaluation", spec, prefix + "-gate"));

        assertThat(ended.getString("result.gate.decision")).isEqualTo("GATE_DECISION_PASS");
        assertThat(ended.getString("result.gate.metric")).isEqualTo("loss");
        assertThat(ended.getDouble("result.gate.baseline")).isCloseTo(ofBase, within(1e-9));
        assertThat(ended.getDouble("result.gate.interval.low")).isPositive();
        assertThat(ended.getDouble("spec.gate.alpha")).isEqualTo(0.05);
        assertThat(new String(rest.report(ended.getString("name"), "report.html"), UTF_8))
                .contains("<p class=\"verdict pass\">PASS</p>");
    }

    @Test
    void aTrainingIsPausedAndGoesOn() {
        Map<String, Object> spec = train(loop(3_000, 1e-3));
        String job = rest.submit("submitTrain", spec, prefix + "-pause");
        Awaitility.await("steps of " + job)
                .atMost(Duration.ofSeconds(120))
                .until(
                        () -> rest.job(job),
                        seen -> "train".equals(seen.getString("progress.stage"))
                                && seen.getString("progress.step") != null);

        assertThat(rest.post(RestClient.relative(job) + ":pause", Map.of()).statusCode())
                .isEqualTo(200);
        JsonPath paused = rest.awaitState(job, "JOB_STATE_PAUSED");
        assertThat(paused.getLong("checkpoint.step")).isPositive();

        assertThat(rest.post(RestClient.relative(job) + ":resume", Map.of()).statusCode())
                .isEqualTo(200);
        JsonPath ended = succeeded(job);
        assertThat(ended.getLong("resumedFromStep")).isEqualTo(paused.getLong("checkpoint.step"));
        assertThat(ended.getDouble("result.metrics.steps")).isEqualTo(3_000);
    }

    @Test
    void aTrainingThatRunsAwayFailsByName() {
        Map<String, Object> loop = loop(40, 1e-3);
        loop.put("optimizer", Map.of("name", "sgd", "params", Map.of("lr", 1e30)));
        JsonPath ended = rest.awaitEnd(rest.submit("submitTrain", train(loop), prefix + "-diverge"));

        assertThat(ended.getString("state")).isEqualTo("JOB_STATE_FAILED");
        assertThat(ended.getString("failure.reason")).isEqualTo("FAILURE_REASON_DIVERGED");
        assertThat(ended.getString("failure.metadata.statistic")).isNotEmpty();
    }

    @Test
    void whatCannotBeTrainedIsRefusedWithEveryFieldNamed() {
        Map<String, Object> loop = loop(40, 1e-3);
        loop.put("optimizer", Map.of("name", "adamw", "params", Map.of("lr", -1, "speed", 3)));
        loop.put("batchSize", -4);
        Map<String, Object> spec = train(loop);
        spec.put("objective", Map.of("name", "guessing"));

        Response refused = rest.post("/jobs:submitTrain", Map.of("spec", spec, "validateOnly", true));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).contains("lr", "speed", "guessing", "batch_size");
    }

    @Test
    void whatItWillTakeIsToldBefore() {
        Response answer = rest.post("/jobs:submitTrain", Map.of("spec", train(loop(40, 1e-3)), "validateOnly", true));

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.jsonPath().getList("estimate.arithmetic")).isNotEmpty();
    }

    private double loss(String version, String name) {
        JsonPath ended = succeeded(rest.submit("submitEvaluation", measure(version), prefix + "-measure-" + name));
        double loss = ended.getDouble("result.metrics.loss");
        JsonPath report = JsonPath.from(new String(rest.report(ended.getString("name"), "report.json"), UTF_8));
        assertThat(report.getDouble("metrics.loss")).isEqualTo(loss);
        return loss;
    }

    private Map<String, Object> measure(String version) {
        Map<String, Object> spec = new HashMap<>();
        spec.put("version", version);
        spec.put("data", data());
        spec.put("objective", Map.of("name", "causal_lm"));
        return spec;
    }

    private JsonPath succeeded(String job) {
        JsonPath ended = rest.awaitEnd(job);
        assertThat(ended.getString("state")).as(ended.prettify()).isEqualTo("JOB_STATE_SUCCEEDED");
        return ended;
    }

    private Map<String, Object> train(Map<String, Object> loop) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "model_type", "llama",
                "architectures", List.of("LlamaForCausalLM"),
                "vocab_size", 280,
                "hidden_size", 16,
                "intermediate_size", 32,
                "num_hidden_layers", 2,
                "num_attention_heads", 2,
                "num_key_value_heads", 2,
                "max_position_embeddings", 64,
                "tie_word_embeddings", true));
        Map<String, Object> spec = new HashMap<>();
        spec.put("newModel", Map.of("config", config, "newTokenizer", Map.of("vocabularySize", 280)));
        spec.put("outputModel", model("base"));
        spec.put("data", data());
        spec.put("objective", Map.of("name", "causal_lm"));
        spec.put("loop", loop);
        return spec;
    }

    private Map<String, Object> finetune(String base) {
        Map<String, Object> spec = new HashMap<>();
        spec.put("base", base);
        spec.put("outputModel", model("adapter"));
        spec.put("data", data());
        spec.put("objective", Map.of("name", "causal_lm", "params", Map.of("completion_only", true)));
        spec.put("adapter", Map.of("name", "lora", "params", Map.of("r", 4, "alpha", 8)));
        spec.put("loop", loop(60, 1e-2));
        return spec;
    }

    private static Map<String, Object> loop(int steps, double rate) {
        Map<String, Object> loop = new HashMap<>();
        loop.put("optimizer", Map.of("name", "adamw", "params", Map.of("lr", rate)));
        loop.put("maxSteps", steps);
        loop.put("batchSize", 4);
        loop.put("maxLength", 32);
        loop.put("seed", 1);
        return loop;
    }

    private Map<String, Object> data() {
        return Map.of("dataset", data, "columns", Map.of("prompt", "prompt", "completion", "completion"));
    }

    private String model(String id) {
        return "tenants/default/models/" + prefix + "-" + id;
    }
}
