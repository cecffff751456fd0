package io.graft.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must be refused is refused with a reason, the culprit's name and the cure. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusalsIT {
    private static final String WEIGHT = "encoder.layer.0.output.dense.weight";

    private final RestClient rest = SharedStack.get().rest();
    private final String prefix = "refused-" + UUID.randomUUID().toString().substring(0, 8);
    private String base = "";
    private String tuned = "";

    @BeforeAll
    void uploadModels() {
        base = rest.upload(prefix + "-base", TinyModel.random(1));
        tuned = rest.upload(prefix + "-tuned", TinyModel.random(2));
    }

    @Test
    void aTargetThatLacksATensor() {
        Map<String, Tensor> tensors = TinyModel.randomTensors(3, TinyModel.VOCABULARY);
        tensors.remove(WEIGHT);
        Response refused = graftOnto("lacking", TinyModel.of(tensors, TinyModel.VOCABULARY));
        assertRefused(refused, 400, "TENSOR_MISMATCH", WEIGHT);
    }

    @Test
    void aTargetWhoseTensorHasAnotherShape() {
        Map<String, Tensor> tensors = TinyModel.randomTensors(3, TinyModel.VOCABULARY);
        tensors.put(
                WEIGHT,
                Tensor.random(RandomGeneratorFactory.of("L64X128MixRandom").create(4), 4, 8));
        Response refused = graftOnto("shape", TinyModel.of(tensors, TinyModel.VOCABULARY));
        assertRefused(refused, 400, "TENSOR_MISMATCH", WEIGHT, "[4, 4]", "[4, 8]");
    }

    @Test
    void aTargetWithAnotherVocabularySize() {
        Response refused = graftOnto("vocabulary", TinyModel.of(TinyModel.randomTensors(3, 8), 8));
        assertRefused(refused, 400, "VOCABULARY_MISMATCH", "6", "8", "COMMON_ROWS");
    }

    @Test
    void aTargetWhoseTokensHaveOtherIds() {
        TinyModel model = TinyModel.random(3);
        String tokenizer = new String(model.file("tokenizer.json"), StandardCharsets.UTF_8)
                .replace("\"token1\": 1", "\"token1\": 2")
                .replace("\"token2\": 2", "\"token2\": 1");
        Response refused = graftOnto("tokens", model.with("tokenizer.json", utf8(tokenizer)));
        assertRefused(refused, 400, "VOCABULARY_MISMATCH", "token");
    }

    @Test
    void aTargetOfAnotherArchitecture() {
        TinyModel model = TinyModel.random(3);
        String config = new String(model.file("config.json"), StandardCharsets.UTF_8)
                .replace("\"num_attention_heads\": 2", "\"num_attention_heads\": 4");
        Response refused = graftOnto("heads", model.with("config.json", utf8(config)));
        assertRefused(refused, 400, "ARCHITECTURE_MISMATCH", "num_attention_heads", "2", "4");
    }

    @Test
    void anUpdateThatIsNone() {
        Map<String, Object> spec = spec(base);
        spec.put("source", Map.of("base", base, "finetuned", base));
        assertRefused(rest.tryGraft(spec, prefix + "-zero"), 400, "ZERO_UPDATE");
    }

    @Test
    void everyBadFieldAtOnce() {
        Map<String, Object> spec = spec(base);
        spec.put("lambda", 9);
        spec.put("include", List.of("("));
        spec.put("outputDtype", "F99");
        Response refused = rest.tryGraft(spec, prefix + "-fields");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.jsonPath().getList("fieldViolations.field"))
                .anyMatch(field -> String.valueOf(field).contains("lambda"))
                .anyMatch(field -> String.valueOf(field).contains("include"))
                .anyMatch(field -> String.valueOf(field).contains("output_dtype"));
    }

    @Test
    void everyUnknownField() {
        Map<String, Object> spec = spec(base);
        spec.put("lamda", 0.5);
        spec.put("tarjet", "x");
        Response refused = rest.tryGraft(spec, prefix + "-unknown");
        assertRefused(refused, 400, "UNKNOWN_FIELD", "lamda", "tarjet");
    }

    @Test
    void aBadToken() {
        RestClient intruder = SharedStack.get().restWithToken("not-a-token");
        Response refused = intruder.get("/jobs");
        assertRefused(refused, 401, "UNAUTHENTICATED");
        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void anotherTenantsJob() {
        Response refused = rest.get("/../other/jobs");
        assertThat(refused.statusCode()).isIn(400, 403, 404);
        Response forbidden = rest.getAbsolute("/v1/tenants/other/jobs");
        assertRefused(forbidden, 403, "PERMISSION_DENIED");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileFiles")
    void aHostileFile(String title, TinyModel model, String reason) {
        rest.createModel(prefix + "-hostile");
        Response refused = rest.tryUpload(prefix + "-hostile", model);
        assertThat(refused.statusCode()).as(refused.asPrettyString()).isEqualTo(400);
        assertThat(refused.<String>path("reason")).as(refused.asPrettyString()).isEqualTo(reason);
        assertThat(rest.get("/models/" + prefix + "-hostile/versions")
                        .jsonPath()
                        .getList("modelVersions"))
                .isNullOrEmpty();
    }

    static Stream<Arguments> hostileFiles() {
        TinyModel good = TinyModel.random(1);
        byte[] weights = good.file("model.safetensors");
        byte[] endless = weights.clone();
        ByteBuffer.wrap(endless).order(ByteOrder.LITTLE_ENDIAN).putLong(0, Long.MAX_VALUE);
        byte[] overlapping = replaceInHeader(weights, "\"data_offsets\":[0,96]", "\"data_offsets\":[8,96]");
        String index = "{\"metadata\": {\"total_size\": 176}, \"weight_map\": {\"" + WEIGHT
                + "\": \"model-00002-of-00002.safetensors\"}}";
        Map<String, byte[]> sharded = new LinkedHashMap<>(good.files());
        sharded.remove("model.safetensors");
        sharded.put("model.safetensors.index.json", utf8(index));
        sharded.put("model-00001-of-00002.safetensors", weights);
        return Stream.of(
                Arguments.of("header of 2^63 bytes", good.with("model.safetensors", endless), "MALFORMED_SAFETENSORS"),
                Arguments.of(
                        "truncated data",
                        good.with("model.safetensors", Arrays.copyOf(weights, weights.length - 5)),
                        "MALFORMED_SAFETENSORS"),
                Arguments.of(
                        "trailing bytes",
                        good.with("model.safetensors", Arrays.copyOf(weights, weights.length + 8)),
                        "MALFORMED_SAFETENSORS"),
                Arguments.of("hole", good.with("model.safetensors", overlapping), "MALFORMED_SAFETENSORS"),
                Arguments.of("missing shard", new TinyModel(sharded), "MISSING_SHARD"),
                Arguments.of("pickle", good.with("pytorch_model.bin", new byte[] {(byte) 0x80, 2}), "UNSUPPORTED_FILE"),
                Arguments.of("broken config", good.with("config.json", utf8("{\"model_type\": ")), "MALFORMED_MODEL"));
    }

    @Test
    void notANumberInTheWeights() {
        Map<String, Tensor> tensors = TinyModel.randomTensors(5, TinyModel.VOCABULARY);
        requireNonNull(tensors.get(WEIGHT)).values()[3] = Float.NaN;
        String poisoned = rest.upload(prefix + "-nan", TinyModel.of(tensors, TinyModel.VOCABULARY));
        Map<String, Object> spec = spec(poisoned);
        JsonPath ended = rest.awaitEnd(rest.submitGraft(spec, prefix + "-nan"));
        assertThat(ended.getString("state")).isEqualTo("JOB_STATE_FAILED");
        assertThat(ended.getString("failure.reason")).isEqualTo("FAILURE_REASON_DATA");
        assertThat(ended.getString("failure.code")).isEqualTo("NON_FINITE_WEIGHTS");
        assertThat(ended.getString("failure.message")).contains(WEIGHT);
        assertThat(rest.get("/models/" + prefix + "-out/versions").statusCode()).isEqualTo(404);
    }

    @Test
    void aFileThatDiffersFromItsAnnouncedDigest() {
        rest.createModel(prefix + "-damaged");
        TinyModel good = TinyModel.random(6);
        Response created =
                rest.post("/models/" + prefix + "-damaged/uploads", Map.of("files", RestClient.announce(good)));
        List<Map<String, Object>> targets = created.jsonPath().getList("targets");
        for (Map<String, Object> target : targets) {
            byte[] bytes = good.file(String.valueOf(target.get("path"))).clone();
            bytes[bytes.length - 1] ^= 1;
            rest.send(target, bytes);
        }
        Response refused = rest.post(RestClient.relative(created.path("name")) + ":commit", Map.of());
        assertThat(refused.<String>path("reason")).isIn("DIGEST_MISMATCH", "UPLOAD_INCOMPLETE");
        assertThat(refused.asString()).contains("model.safetensors");
    }

    private Response graftOnto(String name, TinyModel target) {
        return rest.tryGraft(spec(rest.upload(prefix + "-" + name, target)), prefix + "-" + name);
    }

    private Map<String, Object> spec(String target) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("source", Map.of("base", base, "finetuned", tuned));
        spec.put("target", target);
        spec.put("outputModel", "tenants/default/models/" + prefix + "-out");
        return spec;
    }

    private static void assertRefused(Response response, int status, String reason, String... named) {
        assertThat(response.statusCode()).as(response.asPrettyString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.<String>path("reason")).isEqualTo(reason);
        for (String name : named) {
            assertThat(response.asString()).contains(name);
        }
    }

    private static byte[] replaceInHeader(byte[] file, String from, String to) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
