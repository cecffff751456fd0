package io.graft.engine.methods.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.ImageClassifier;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.models.SequenceClassifier;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters that PEFT trained: what they compute, merged and not, and that they are written as they were read. */
class PeftFixturesTest {
    private static final Path ADAPTERS = Path.of("src/test/resources/adapters");
    private static final Path MODELS = Path.of("../models/src/test/resources");

    private final Torch torch = Torch.open(TorchSettings.threads(1));

    @TempDir
    Path temporary;

    @AfterEach
    void close() {
        torch.close();
    }

    private static JsonNode expected(String name) throws IOException {
        return new JsonMapper().readTree(ADAPTERS.resolve(name).toFile());
    }

    private Tensor ids(JsonNode list) {
        long[] ids = new long[list.size()];
        for (int at = 0; at < ids.length; at++) {
            ids[at] = list.get(at).asLong();
        }
        return Tensors.of(torch, ids, 1, ids.length);
    }

    private static void assertLogits(Tensor logits, JsonNode expected) {
        float[] actual = logits.detach().toFloats();
        assertThat(actual).hasSize(expected.size());
        for (int at = 0; at < actual.length; at++) {
            assertThat((double) actual[at]).isCloseTo(expected.get(at).asDouble(), within(2e-4));
        }
    }

    private void assertWrittenAsRead(LoraAdapter adapter, String name) throws IOException {
        Path written = temporary.resolve(name);
        adapter.save(written);
        try (Checkpoint one = Checkpoint.openFile(ADAPTERS.resolve(name).resolve(AdapterFolder.WEIGHTS));
                Checkpoint two = Checkpoint.openFile(written.resolve(AdapterFolder.WEIGHTS))) {
            assertThat(two.listing()).containsExactlyInAnyOrderElementsOf(one.listing());
            assertThat(two.metadata()).isEqualTo(one.metadata());
        }
    }

    @Test
    void bert() throws IOException {
        JsonNode expected = expected("expected_bert.json");
        var model = (SequenceClassifier) ModelFamilies.load()
                .open(torch.root(), MODELS.resolve("tiny-bert"), OpenOptions.AS_STORED)
                .model();
        BaseModel base = new BaseModel(model, "bert", Set.of("classifier"), "SEQ_CLS", "tiny-bert");
        TokenBatch batch = TokenBatch.of(ids(expected.get("input_ids")), null, ids(expected.get("type_ids")));

        LoraAdapter adapter = LoraAdapter.load(base, ADAPTERS.resolve("tiny-bert-lora"), torch.root());

        assertLogits(model.logits(batch), expected.get("adapter_logits"));
        assertWrittenAsRead(adapter, "tiny-bert-lora");
        MergeReport report = adapter.merge(() -> model.logits(batch));
        assertThat(report.outputDifference()).isNotNull().isLessThan(5e-6);
        assertLogits(model.logits(batch), expected.get("merged_logits"));
        adapter.unmerge();
        adapter.setEnabled(false);
        assertLogits(model.logits(batch), expected.get("logits"));
    }

    @Test
    void bertWithAllBiases() throws IOException {
        JsonNode expected = expected("expected_bert.json");
        var model = (SequenceClassifier) ModelFamilies.load()
                .open(torch.root(), MODELS.resolve("tiny-bert"), OpenOptions.AS_STORED)
                .model();
        BaseModel base = new BaseModel(model, "bert", Set.of("classifier"), "SEQ_CLS", "tiny-bert");
        TokenBatch batch = TokenBatch.of(ids(expected.get("input_ids")), null, ids(expected.get("type_ids")));

        LoraAdapter adapter = LoraAdapter.load(base, ADAPTERS.resolve("tiny-bert-bias-all"), torch.root());

        assertLogits(model.logits(batch), expected.get("bias_all_logits"));
        adapter.setEnabled(false);
        assertLogits(model.logits(batch), expected.get("logits"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-llama-pissa", "tiny-llama-olora"})
    void whatFitsAResidualOnlyIsPutOnOne(String name) throws IOException {
        JsonNode expected = expected("expected_llama.json");
        CausalLm model = llama();
        TokenBatch batch = TokenBatch.of(ids(expected.get("input_ids")));

        LoraAdapter adapter = LoraAdapter.load(base(model), ADAPTERS.resolve(name), torch.root());

        assertCase(model.logits(batch), expected.get("cases").get(name));
        adapter.save(temporary);
        adapter.setEnabled(false);
        assertCase(model.logits(batch), expected.get("cases").get("base"));
        CausalLm other = llama();
        LoraAdapter.load(base(other), temporary, torch.root());
        assertCase(other.logits(batch), expected.get("cases").get(name));
    }

    private CausalLm llama() throws IOException {
        return (CausalLm) ModelFamilies.load()
                .open(torch.root(), MODELS.resolve("tiny-llama"), OpenOptions.AS_STORED)
                .model();
    }

    private static BaseModel base(CausalLm model) {
        return new BaseModel(model, "llama", Set.of("lm_head"), "CAUSAL_LM", "tiny-llama");
    }

    private static void assertCase(Tensor logits, JsonNode expected) {
        Tensor rows = logits.detach().squeeze(0);
        int length = (int) rows.size(0);
        assertLogits(rows.select(0, length - 1).slice(0, 0, 64), expected.get("last"));
        for (int position = 0; position < length; position++) {
            assertLogits(
                    rows.select(0, position).slice(0, 0, 8),
                    expected.get("first8").get(position));
        }
        long[] argmax = rows.argmax(1).toLongs();
        for (int position = 0; position < length; position++) {
            assertThat(argmax[position])
                    .isEqualTo(expected.get("argmax").get(position).asLong());
        }
        assertThat(rows.sum().item()).isCloseTo(expected.get("sum").asDouble(), within(0.05));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiny-llama-lora",
                "tiny-llama-rslora-l1",
                "tiny-llama-dora",
                "tiny-llama-lora-head",
                "tiny-llama-rankpattern"
            })
    void llama(String name) throws IOException {
        JsonNode expected = expected("expected_llama.json");
        CausalLm model = llama();
        TokenBatch batch = TokenBatch.of(ids(expected.get("input_ids")));

        LoraAdapter adapter = LoraAdapter.load(base(model), ADAPTERS.resolve(name), torch.root());

        assertCase(model.logits(batch), expected.get("cases").get(name));
        assertWrittenAsRead(adapter, name);
        MergeReport report = adapter.merge(() -> model.logits(batch));
        assertThat(report.outputDifference()).isNotNull().isLessThan(5e-6);
        assertCase(model.logits(batch), expected.get("cases").get(name + "#merged"));
        adapter.unmerge();
        assertCase(model.logits(batch), expected.get("cases").get(name));
        adapter.setEnabled(false);
        assertCase(model.logits(batch), expected.get("cases").get("base"));
    }

    @Test
    void whatIsWrittenLoadsAgain() throws IOException {
        JsonNode expected = expected("expected_llama.json");
        LoraAdapter first = LoraAdapter.load(base(llama()), ADAPTERS.resolve("tiny-llama-rankpattern"), torch.root());
        first.save(temporary);
        CausalLm model = llama();

        LoraAdapter again = LoraAdapter.load(base(model), temporary, torch.root());

        assertThat(again.config()).isEqualTo(first.config());
        assertCase(
                model.logits(TokenBatch.of(ids(expected.get("input_ids")))),
                expected.get("cases").get("tiny-llama-rankpattern"));
    }

    static List<Arguments> combinations() {
        return List.of(
                Arguments.of("linear", Map.of()),
                Arguments.of("cat", Map.of()),
                Arguments.of("svd", Map.of("svd_rank", 4)),
                Arguments.of("ties", Map.of("density", 0.5)),
                Arguments.of("magnitude_prune", Map.of("density", 0.5)));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void twoAdaptersCombined(String method, Map<String, Object> params) throws IOException {
        JsonNode expected = expected("expected_llama.json");
        new AdapterCombination(torch)
                .combine(
                        List.of(
                                new AdapterCombination.Weighted(ADAPTERS.resolve("tiny-llama-A"), 0.7),
                                new AdapterCombination.Weighted(ADAPTERS.resolve("tiny-llama-B"), 0.3)),
                        method,
                        params,
                        temporary);
        CausalLm model = llama();
        LoraAdapter.load(base(model), temporary, torch.root());

        assertCase(
                model.logits(TokenBatch.of(ids(expected.get("input_ids")))),
                expected.get("cases").get("multi#0.7A+0.3B#" + method));
    }

    /** The image of the oracle: three waves. */
    static Tensor image(Torch torch) {
        float[] pixels = new float[3 * 32 * 32];
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                pixels[y * 32 + x] = (float) Math.sin(x / 5.0);
                pixels[1024 + y * 32 + x] = (float) Math.cos(y / 7.0);
                pixels[2048 + y * 32 + x] = (float) Math.sin((x + y) / 9.0);
            }
        }
        return Tensors.of(torch, pixels, 1, 3, 32, 32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-vit-lora", "tiny-vit-lora-v4keys"})
    void visionTransformerUnderBothGenerationsOfNames(String name) throws IOException {
        JsonNode expected = expected("expected_vit.json");
        var model = (ImageClassifier) ModelFamilies.load()
                .open(torch.root(), MODELS.resolve("tiny-vit"), OpenOptions.AS_STORED)
                .model();
        BaseModel base = new BaseModel(model, "vit", Set.of("classifier"), null, "tiny-vit");
        Tensor image = image(torch);

        LoraAdapter adapter = LoraAdapter.load(base, ADAPTERS.resolve(name), torch.root());

        assertLogits(model.logits(image), expected.get("adapter_logits"));
        assertWrittenAsRead(adapter, name);
        MergeReport report = adapter.merge(() -> model.logits(image));
        assertThat(report.outputDifference()).isNotNull().isLessThan(5e-6);
        assertLogits(model.logits(image), expected.get("merged_logits"));
    }
}
