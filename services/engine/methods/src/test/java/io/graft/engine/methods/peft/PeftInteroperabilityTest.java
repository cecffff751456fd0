package io.graft.engine.methods.peft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.models.ImageClassifier;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.models.SequenceClassifier;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters that Graft wrote, computed by PEFT itself; run with {@code -Dgraft.models=true}, see {@link PeftEnvironment}. */
@EnabledIfSystemProperty(named = "graft.models", matches = "true")
class PeftInteroperabilityTest {
    private static final Path MODELS = Path.of("../models/src/test/resources");

    private final Torch torch = Torch.open(TorchSettings.threads(1).withSeed(4));

    @TempDir
    Path temporary;

    @BeforeAll
    static void environment() throws IOException, InterruptedException {
        PeftEnvironment.prepare();
    }

    @AfterEach
    void close() {
        torch.close();
    }

    private double[] pefts(String base, Path adapter, Map<String, Object> input)
            throws IOException, InterruptedException {
        JsonMapper json = new JsonMapper();
        String text = PeftEnvironment.python(
                "peft_logits.py", MODELS.resolve(base).toString(), adapter.toString(), json.writeValueAsString(input));
        String line = text.lines()
                .filter(each -> each.startsWith("LOGITS "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text));
        JsonNode logits = json.readTree(line.substring("LOGITS ".length()));
        double[] values = new double[logits.size()];
        Arrays.setAll(values, at -> logits.get(at).asDouble());
        return values;
    }

    private static void assertClose(double[] pefts, Tensor own) {
        float[] values = own.detach().toFloats();
        assertThat(values).hasSameSizeAs(pefts);
        for (int at = 0; at < values.length; at++) {
            assertThat(Math.abs(values[at] - pefts[at])).isLessThan(2e-4);
        }
    }

    static List<Map<String, Object>> variants() {
        return List.of(
                Map.of(),
                Map.of("use_dora", true),
                Map.of("use_rslora", true, "rank_pattern", Map.of("q_proj", 2), "alpha_pattern", Map.of("v_proj", 3)),
                Map.of("init", "pissa"),
                Map.of("init", "olora", "use_rslora", true),
                Map.of("init", "eva"),
                Map.of("target_modules", List.of("q_proj"), "modules_to_save", List.of("lm_head")),
                Map.of("target_modules", List.of("q_proj", "v_proj"), "layers_to_transform", List.of(1)));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void trainedLlama(Map<String, Object> variant) throws IOException, InterruptedException {
        TinyLlama llama = TinyLlama.open(torch);
        Map<String, Object> params = new HashMap<>(Map.of("r", 4, "alpha", 8, "target_modules", "all-linear"));
        params.putAll(variant);
        FineTuning tuning =
                AdapterMethod.choose("lora", params, llama.base(), torch.root(), List.of(() -> llama.loss(500)));
        llama.train(tuning, 5, 1e-2);
        if (tuning instanceof FineTuning.Adapted adapted) {
            adapted.adapter().save(temporary);
        }
        Tensor ids = llama.sentences(7);
        List<List<Long>> rows = new ArrayList<>();
        long[] flat = ids.toLongs();
        for (int row = 0; row < 8; row++) {
            rows.add(Arrays.stream(flat, row * 12, row * 12 + 12).boxed().toList());
        }

        assertClose(
                pefts("tiny-llama", temporary, Map.of("family", "llama", "ids", rows)),
                llama.model().logits(TokenBatch.of(ids)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora_only", "all"})
    void bertWithBiases(String bias) throws IOException, InterruptedException {
        var model = (SequenceClassifier) ModelFamilies.load()
                .open(torch.root(), MODELS.resolve("tiny-bert"), OpenOptions.AS_STORED)
                .model();
        BaseModel base = new BaseModel(model, "bert", Set.of("classifier"), "SEQ_CLS", "tiny-bert");
        FineTuning tuning =
                AdapterMethod.choose("lora", Map.of("bias", bias, "alpha", 32), base, torch.root(), List.of());
        shake(tuning);
        Tensor ids = Tensors.of(torch, new long[] {2, 17, 40, 5, 99, 3}, 1, 6);

        assertClose(
                pefts("tiny-bert", temporary, Map.of("family", "bert", "ids", List.of(List.of(2, 17, 40, 5, 99, 3)))),
                model.logits(TokenBatch.of(ids)));
    }

    @Test
    void visionTransformerUnderTheNewNames() throws IOException, InterruptedException {
        var model = (ImageClassifier) ModelFamilies.load()
                .open(torch.root(), MODELS.resolve("tiny-vit"), OpenOptions.AS_STORED)
                .model();
        BaseModel base = new BaseModel(model, "vit", Set.of("classifier"), null, "tiny-vit");
        FineTuning tuning = AdapterMethod.choose(
                "lora", Map.of("modules_to_save", List.of("classifier"), "alpha", 32), base, torch.root(), List.of());
        shake(tuning);

        assertClose(pefts("tiny-vit", temporary, Map.of("family", "vit")), model.logits(PeftFixturesTest.image(torch)));
    }

    /** Moves everything that is trained, so that nothing is as it started, and stores it. */
    private void shake(FineTuning tuning) throws IOException {
        tuning.parameters().forEach(parameter -> {
            Tensor shift = Tensors.arange(torch, 0, parameter.value().elements())
                    .to(parameter.value().dtype())
                    .mul(0.7);
            Tensor wave = Tensors.arithmetic("sin", shift)
                    .mul(0.05)
                    .reshape(parameter.value().shape());
            parameter.value().addInPlace(wave, 1);
        });
        if (tuning instanceof FineTuning.Adapted adapted) {
            adapted.adapter().save(temporary, Naming.TRANSFORMERS_5);
        }
    }
}
