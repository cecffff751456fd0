package io.graft.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A new base is named, and the pipelines do the rest: one is approved and promotes, one is held, whoever is killed meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PipelineIT {
    private static final Set<String> ENDED = Set.of(
            "PIPELINE_RUN_STATE_SUCCEEDED",
            "PIPELINE_RUN_STATE_HELD",
            "PIPELINE_RUN_STATE_FAILED",
            "PIPELINE_RUN_STATE_CANCELLED");

    private final GraftStack stack = SharedStack.get();
    private final RestClient rest = stack.rest();
    private final String prefix = "pipe-" + UUID.randomUUID().toString().substring(0, 8);
    private String data = "";
    private String oldBase = "";
    private String newBase = "";

    @BeforeAll
    void trainBasesAndTakeADiff() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            rows.append("{\"prompt\": \"%d and %d make \", \"completion\": \"%d\"}\n"
                    .formatted(i % 5, i % 7, i % 5 + i % 7));
        }
        data = rest.uploadDataset(
                prefix + "-sums", Map.of("train.jsonl", rows.toString().getBytes(UTF_8)));
        oldBase = output(rest.submit("submitTrain", train("base", 1), prefix + "-old"));
        String tuned = output(rest.submit("submitTrain", train("tuned", 2), prefix + "-tuned"));
        output(rest.submit(
                "submitDiff",
                Map.of("source", Map.of("base", oldBase, "finetuned", tuned), "outputModel", model("diff")),
                prefix + "-diff"));
        newBase = output(rest.submit("submitTrain", train("base", 3), prefix + "-new"));
        setBase(oldBase);
    }

    @Test
    void aNewBaseIsCarriedJudgedAndPromotedAndABadResultIsHeld() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        create("lenient", document("max_regression: 1000"));
        create("strict", document("min_abs: 0.0001"));
        Response plan = rest.post(
                "/pipelines/" + prefix + "-lenient:run",
                Map.of("inputs", Map.of("old_base", oldBase, "new_base", newBase), "validateOnly", true));
        assertThat(plan.statusCode()).as(plan.asPrettyString()).isEqualTo(200);
        assertThat(plan.jsonPath().getList("steps.id")).contains("carry/0/graft");
        assertThat(step(plan.jsonPath(), "carry/0/graft").get("estimate")).isNotNull();

        setBase(newBase);
        String run = awaitRun("lenient");
        Awaitility.await("work of " + run)
                .atMost(Duration.ofSeconds(120))
                .until(() -> run(run).getList("steps.id").contains("carry/0/graft"));
        stack.killServices();
        stack.startServices(Map.of());

        JsonPath waiting = awaitState(run, "PIPELINE_RUN_STATE_WAITING");
        Map<String, Object> ask = step(waiting, "carry/0/ask");
        assertThat(String.valueOf(ask.get("message"))).contains(model("diff"));
        Response approved =
                rest.post(RestClient.relative(run) + ":approve", Map.of("step", "carry/0/ask", "comment", "fine"));
        assertThat(approved.statusCode()).as(approved.asPrettyString()).isEqualTo(200);
        JsonPath ended = awaitEnd(run);
        assertThat(ended.getString("state")).as(ended.prettify()).isEqualTo("PIPELINE_RUN_STATE_SUCCEEDED");
        JsonPath alias = rest.get("/models/" + prefix + "-diff-carried/aliases/champion")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        String grafted = output(String.valueOf(step(ended, "carry/0/graft").get("job")));
        assertThat(alias.getString("version"))
                .as("what this run made; the other pipeline's version may come before or after")
                .isEqualTo(grafted)
                .startsWith(model("diff-carried") + "/versions/");

        JsonPath held = awaitEnd(awaitRun("strict"));
        assertThat(held.getString("state")).as(held.prettify()).isEqualTo("PIPELINE_RUN_STATE_HELD");
        assertThat(String.valueOf(step(held, "carry/0/gate").get("message"))).startsWith("FAIL");
        everyEffectHappenedOnce(before);
    }

    private void everyEffectHappenedOnce(Instant before) {
        Response replayed = rest.post("/events:replay", Map.of("fromTime", before.toString()));
        assertThat(replayed.statusCode()).as(replayed.asPrettyString()).isEqualTo(200);
        assertThat(replayed.jsonPath().getLong("matched")).isGreaterThanOrEqualTo(2);
        assertThat(replayed.jsonPath().getLong("started")).isZero();
        for (String pipeline : List.of("lenient", "strict")) {
            assertThat(runs(pipeline).getList("runs")).hasSize(1);
            List<Object> jobs = rest.get("/jobs?filter=labels.pipeline%20%3D%20%22" + prefix + "-" + pipeline + "%22")
                    .jsonPath()
                    .getList("jobs.kind");
            assertThat(jobs).containsExactlyInAnyOrder("graft", "evaluate");
        }
    }

    @Test
    void aWrongDocumentIsRefusedLineByLine() {
        String wrong =
                "steps:\n  - id: graft\n    job: {kind: weld, spec: {}}\n  - id: graft\n    gate: {condition: 1}\n";
        Response refused = rest.post("/pipelines?pipelineId=" + prefix + "-wrong", Map.of("document", wrong));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.<String>path("reason")).isEqualTo("INVALID_PIPELINE");
        JsonPath problems =
                rest.post("/pipelines:lint", Map.of("document", wrong)).jsonPath();
        assertThat(problems.getList("problems.line")).containsExactly(5);
    }

    @Test
    void whatWasPutAsideIsListed() {
        new KafkaReplay(stack).publishGarbage("graft.model.v1");
        Awaitility.await("dead letter")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(rest.get("/deadLetters").jsonPath().getList("deadLetters.group"))
                                .contains("graft-pipelines-triggers"));
    }

    private String document(String rule) {
        return """
                description: Carries what derives from the old base to the new one.
                inputs:
                  old_base: {type: string}
                  new_base: {type: string}
                triggers:
                  - on: AliasMoved
                    model: PREFIX-base
                    alias: base
                    when: event.previous_version != ''
                    with: {old_base: "${{ event.previous_version }}", new_base: "${{ event.alias.version }}"}
                steps:
                  - id: carry
                    each:
                      derived_from: ${{ inputs.old_base }}
                      when: item.kind == ArtifactKind.ARTIFACT_KIND_DIFF
                      steps:
                        - id: graft
                          job:
                            kind: graft
                            spec:
                              diff: ${{ item.version }}
                              target: ${{ inputs.new_base }}
                              output_model: ${{ item.model }}-carried
                          retries: {max: 1}
                        - id: evaluate
                          needs: [graft]
                          job:
                            kind: evaluate
                            spec:
                              version: ${{ steps.graft.output }}
                              data: {dataset: DATA, columns: {prompt: prompt, completion: completion}}
                              objective: {name: causal_lm}
                              against: {version: "${{ inputs.new_base }}"}
                              gate: {RULE}
                        - id: gate
                          needs: [evaluate]
                          gate:
                            condition: steps.evaluate.verdict == 'PASS'
                            reason: "${{ steps.evaluate.verdict }}: ${{ steps.evaluate.gate.reason }}"
                        - id: ask
                          needs: [gate]
                          approval: {message: "May it run for ${{ item.model }}?"}
                        - id: promote
                          needs: [ask, graft]
                          promote:
                            alias: ${{ item.model }}-carried/aliases/champion
                            version: ${{ steps.graft.output }}
                """.replace("PREFIX", prefix).replace("DATA", data).replace("RULE", rule);
    }

    private void create(String id, String document) {
        Response created = rest.post("/pipelines?pipelineId=" + prefix + "-" + id, Map.of("document", document));
        assertThat(created.statusCode()).as(created.asPrettyString()).isEqualTo(200);
    }

    private void setBase(String version) {
        rest.put("/models/" + prefix + "-base/aliases/base", Map.of("version", version))
                .then()
                .statusCode(200);
    }

    private JsonPath runs(String pipeline) {
        return rest.get("/pipelines/" + prefix + "-" + pipeline + "/runs").jsonPath();
    }

    private String awaitRun(String pipeline) {
        return Awaitility.await("run of " + pipeline)
                .atMost(Duration.ofSeconds(60))
                .until(() -> runs(pipeline).getString("runs[0].name"), name -> name != null);
    }

    private JsonPath run(String run) {
        return rest.get(RestClient.relative(run))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private JsonPath awaitState(String run, String state) {
        return Awaitility.await(run + " in " + state)
                .atMost(Duration.ofSeconds(240))
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () -> run(run),
                        found -> state.equals(found.getString("state"))
                                || ENDED.contains(String.valueOf(found.getString("state"))));
    }

    private JsonPath awaitEnd(String run) {
        return Awaitility.await("end of " + run)
                .atMost(Duration.ofSeconds(240))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> run(run), found -> ENDED.contains(String.valueOf(found.getString("state"))));
    }

    private static Map<String, Object> step(JsonPath run, String id) {
        return run.getMap("steps.find { it.id == '" + id + "' }");
    }

    private String output(String job) {
        JsonPath ended = rest.awaitEnd(job);
        assertThat(ended.getString("state")).as(ended.prettify()).isEqualTo("JOB_STATE_SUCCEEDED");
        return ended.getString("outputs[0]");
    }

    private Map<String, Object> train(String id, int seed) {
        Map<String, Object> loop = new HashMap<>();
        loop.put("optimizer", Map.of("name", "adamw", "params", Map.of("lr", 1e-2)));
        loop.put("maxSteps", 20);
        loop.put("batchSize", 4);
        loop.put("maxLength", 32);
        loop.put("seed", seed);
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
        spec.put("outputModel", model(id));
        spec.put("data", Map.of("dataset", data, "columns", Map.of("prompt", "prompt", "completion", "completion")));
        spec.put("objective", Map.of("name", "causal_lm"));
        spec.put("loop", loop);
        return spec;
    }

    private String model(String id) {
        return "tenants/default/models/" + prefix + "-" + id;
    }
}
