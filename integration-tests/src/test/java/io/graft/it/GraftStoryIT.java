package io.graft.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The main story over REST: upload three models, graft, watch, look at the result. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GraftStoryIT {
    private final RestClient rest = SharedStack.get().rest();
    private final Map<String, Tensor> base = TinyModel.randomTensors(1, TinyModel.VOCABULARY);
    private final Map<String, Tensor> tuned = nudge(base, 2);
    private final Map<String, Tensor> target = nudge(base, 3);
    private final String prefix = "story-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, Object> spec = new HashMap<>();

    @BeforeAll
    void uploadModels() {
        String baseVersion = rest.upload(prefix + "-base", TinyModel.of(base, TinyModel.VOCABULARY));
        String tunedVersion = rest.upload(prefix + "-tuned", TinyModel.of(tuned, TinyModel.VOCABULARY));
        String targetVersion = rest.upload(prefix + "-target", TinyModel.of(target, TinyModel.VOCABULARY));
        spec.put("source", Map.of("base", baseVersion, "finetuned", tunedVersion));
        spec.put("target", targetVersion);
        spec.put("outputModel", "tenants/default/models/" + prefix + "-out");
        spec.put("lambda", 0.5);
    }

    @Test
    void theGraftedWeightsAreExactAndTraceable() {
        String job = rest.submitGraft(spec, prefix + "-exact");
        JsonPath ended = rest.awaitEnd(job);
        assertThat(ended.getString("state")).as(ended.prettify()).isEqualTo("JOB_STATE_SUCCEEDED");

        String version = ended.getString("outputs[0]");
        JsonPath registered = rest.version(version);
        assertThat(registered.getString("job")).isEqualTo(job);
        assertThat(registered.getString("kind")).isEqualTo("ARTIFACT_KIND_FULL");
        assertThat(registered.getList("parents.role")).contains("source_base", "source_finetuned", "target");

        byte[] weights = rest.download(version, "model.safetensors");
        Map<String, float[]> grafted = SafetensorsBytes.floats(weights);
        assertThat(grafted.keySet()).isEqualTo(base.keySet());
        grafted.forEach((name, values) -> assertThat(values).as(name).containsExactly(expected(name)));
    }

    @Test
    void theSameRequestIdGivesTheSameJob() {
        String first = rest.submitGraft(spec, prefix + "-twice");
        String second = rest.submitGraft(spec, prefix + "-twice");
        assertThat(second).isEqualTo(first);

        Map<String, Object> other = new HashMap<>(spec);
        other.put("lambda", 0.25);
        Response reused = rest.tryGraft(other, prefix + "-twice");
        assertThat(reused.statusCode()).isEqualTo(409);
        assertThat(reused.<String>path("reason")).isEqualTo("REQUEST_ID_REUSED");
    }

    @Test
    void validateOnlyCreatesNothingAndEstimates() {
        int before = rest.get("/jobs?pageSize=1000").jsonPath().getList("jobs").size();
        Response answer = rest.post("/jobs:submitGraft", Map.of("spec", spec, "validateOnly", true));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getList("estimate.arithmetic")).isNotEmpty();
        int after = rest.get("/jobs?pageSize=1000").jsonPath().getList("jobs").size();
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aDiffVectorIsAnArtifactThatGraftsToTheSameBits() {
        Map<String, Object> diffSpec = new HashMap<>();
        diffSpec.put("source", spec.get("source"));
        diffSpec.put("outputModel", "tenants/default/models/" + prefix + "-diff");
        diffSpec.put("outputDtype", "F64");
        Response submitted = rest.post("/jobs:submitDiff", Map.of("spec", diffSpec, "requestId", prefix + "-diff"));
        JsonPath diffJob =
                rest.awaitEnd(submitted.then().statusCode(200).extract().path("name"));
        assertThat(diffJob.getString("state")).as(diffJob.prettify()).isEqualTo("JOB_STATE_SUCCEEDED");
        String diff = diffJob.getString("outputs[0]");
        assertThat(rest.version(diff).getString("kind")).isEqualTo("ARTIFACT_KIND_DIFF");

        Map<String, Object> fromDiff = new HashMap<>(spec);
        fromDiff.remove("source");
        fromDiff.put("diff", diff);
        fromDiff.put("outputModel", "tenants/default/models/" + prefix + "-from-diff");
        JsonPath ended = rest.awaitEnd(rest.submitGraft(fromDiff, prefix + "-from-diff"));
        assertThat(ended.getString("state")).as(ended.prettify()).isEqualTo("JOB_STATE_SUCCEEDED");
        Map<String, float[]> grafted =
                SafetensorsBytes.floats(rest.download(ended.getString("outputs[0]"), "model.safetensors"));
        grafted.forEach((name, values) -> assertThat(values).as(name).containsExactly(expected(name)));
    }

    @Test
    void uploadingTheSameContentAgainGivesTheSameVersion() {
        String first = rest.upload(prefix + "-again", TinyModel.of(base, TinyModel.VOCABULARY));
        String second = rest.upload(prefix + "-again", TinyModel.of(base, TinyModel.VOCABULARY));
        assertThat(second).isEqualTo(first);
    }

    @Test
    void lineageLeadsFromTheResultToItsParentsAndBack() {
        JsonPath ended = rest.awaitEnd(rest.submitGraft(spec, prefix + "-exact"));
        String version = ended.getString("outputs[0]");
        JsonPath up = rest.get(RestClient.relative(version) + ":lineage").jsonPath();
        assertThat(up.getList("edges.parent")).contains(spec.get("target"));
        JsonPath down = rest.get(RestClient.relative(String.valueOf(spec.get("target"))) + ":lineage")
                .jsonPath();
        assertThat(down.getList("edges.child")).contains(version);
    }

    @Test
    void listsPageAndFilter() {
        rest.submitGraft(spec, prefix + "-exact");
        rest.submitGraft(spec, prefix + "-page");
        JsonPath first =
                rest.get("/jobs?pageSize=1&filter=kind%20%3D%20%22graft%22").jsonPath();
        assertThat(first.getList("jobs")).hasSize(1);
        String token = first.getString("nextPageToken");
        assertThat(token).isNotEmpty();
        JsonPath second = rest.get("/jobs?pageSize=1&filter=kind%20%3D%20%22graft%22&pageToken=" + token)
                .jsonPath();
        assertThat(second.getString("jobs[0].name")).isNotEqualTo(first.getString("jobs[0].name"));
        Response misused = rest.get("/jobs?pageSize=1&pageToken=" + token);
        assertThat(misused.statusCode()).isEqualTo(400);
        assertThat(misused.<String>path("reason")).isEqualTo("INVALID_PAGE_TOKEN");
    }

    @Test
    void anAliasStandsForItsVersionAndMovesOnlyWithTheRightEtag() {
        String alias = "tenants/default/models/" + prefix + "-target/aliases/base";
        String version = String.valueOf(spec.get("target"));
        String etag = rest.put(RestClient.relative(alias), Map.of("version", version))
                .then()
                .statusCode(200)
                .extract()
                .path("etag");
        Response refused = rest.put(RestClient.relative(alias), Map.of("version", version, "etag", "not-" + etag));
        assertThat(refused.<String>path("reason")).isEqualTo("ETAG_MISMATCH");

        Map<String, Object> byAlias = new LinkedHashMap<>(spec);
        byAlias.put("target", alias);
        Response checked = rest.post("/jobs:submitGraft", Map.of("spec", byAlias, "validateOnly", true));
        assertThat(checked.<String>path("spec.target")).isEqualTo(version);
    }

    /** target + lambda x (tuned - base) in float64, rounded once. */
    private float[] expected(String name) {
        float[] from = values(base, name);
        float[] to = values(tuned, name);
        float[] onto = values(target, name);
        float[] result = new float[onto.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) (onto[i] + 0.5 * ((double) to[i] - (double) from[i]));
        }
        return result;
    }

    private static float[] values(Map<String, Tensor> tensors, String name) {
        return requireNonNull(tensors.get(name), name).values();
    }

    private static Map<String, Tensor> nudge(Map<String, Tensor> tensors, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Map<String, Tensor> nudged = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> nudged.put(name, tensor.nudged(random)));
        return nudged;
    }
}
