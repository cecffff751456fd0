package io.graft.engine.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.engine.tensors.nn.Losses;
import io.graft.engine.tensors.nn.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LlamaTest {
    private static final float TOLERANCE = 2e-4f;

    private final Torch torch = Torch.open(TorchSettings.threads(1).withSeed(5));
    private final ModelFamilies families = ModelFamilies.load();
    private final Path folder = Fixture.folder("tiny-llama");

    @TempDir
    Path scratch;

    @AfterEach
    void close() {
        torch.close();
    }

    private CausalLm open(Path from) throws IOException {
        return (CausalLm)
                families.open(torch.root(), from, OpenOptions.AS_STORED).model();
    }

    private ObjectNode config() throws IOException {
        return ModelFamilies.parse("c", Files.readString(folder.resolve("config.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "config.v4-style.json"})
    void logitsAreThoseOfTheReferenceInBothSpellings(String spelling) throws IOException {
        Files.copy(folder.resolve(spelling), scratch.resolve("config.json"));
        Files.copy(folder.resolve("model.safetensors"), scratch.resolve("model.safetensors"));
        int[] ids = Fixture.ints(Fixture.json("expected_llama.json").get("input_ids"));
        JsonNode expected = Fixture.json("expected_llama_logits.json").get("base");
        CausalLm model = open(scratch);
        Tensor logits = model.logits(TokenBatch.padded(torch, new int[][] {ids}, null, 3))
                .select(0, 0);
        assertThat(logits.select(0, ids.length - 1).toFloats())
                .containsExactly(Fixture.floats(expected.get("last")), within(TOLERANCE));
        assertThat(logits.slice(1, 0, 8).toFloats())
                .containsExactly(Fixture.floats(expected.get("first8")), within(TOLERANCE));
        assertThat(logits.argmax(-1).toLongs())
                .containsExactly(Arrays.stream(Fixture.ints(expected.get("argmax")))
                        .asLongStream()
                        .toArray());
        assertThat(logits.sum().item()).isCloseTo(expected.get("sum").doubleValue(), within(0.01));
        ModelFolder.save(model, scratch.resolve("saved"), DType.F32);
        assertThat(scratch.resolve("saved/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("model.safetensors"));
        assertThat(model.config()).isEqualTo(ModelFamilies.parse("c", Files.readString(folder.resolve(spelling))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "llama3"})
    void scaledRotationsAreThoseOfTheReference(String type) throws IOException {
        JsonNode expected = Fixture.json("expected_llama_variants.json").get(type);
        ObjectNode config = config();
        config.set("rope_parameters", expected.get("rope"));
        Files.writeString(scratch.resolve("config.json"), config.toString());
        Files.copy(folder.resolve("model.safetensors"), scratch.resolve("model.safetensors"));
        Tensor logits = open(scratch).logits(TokenBatch.of(fourPrompts())).select(0, 0);
        assertThat(logits.select(0, 31).slice(0, 0, 8).toFloats())
                .containsExactly(Fixture.floats(expected.get("last8")), within(TOLERANCE));
    }

    @Test
    void everyGradientOfATrainingStepHasTheNormOfTheReference() throws IOException {
        JsonNode expected = Fixture.json("expected_llama_variants.json").get("training");
        CausalLm model = open(folder);
        model.setTrainable(true);
        model.training(true);
        Tensor ids = fourPrompts();
        Tensor labels = ids.copy();
        labels.slice(1, 0, 5).fillInPlace(Losses.IGNORED);
        Tensor loss = model.nextTokenLoss(TokenBatch.of(ids), labels, Losses.Reduction.MEAN)
                .loss();
        assertThat(loss.item()).isCloseTo(expected.get("loss").doubleValue(), within(1e-4));
        List<Parameter> parameters = model.trainableParameters();
        Gradients gradients =
                Gradients.of(loss, parameters.stream().map(Parameter::value).toList());
        assertThat(parameters).hasSize(expected.get("gradient_norms").size());
        for (int i = 0; i < parameters.size(); i++) {
            String name = parameters.get(i).name();
            double norm = expected.get("gradient_norms").get(name).doubleValue();
            assertThat(gradients.values().get(i).norm().item()).as(name).isCloseTo(norm, within(1e-3 * norm + 1e-6));
        }
    }

    private Tensor fourPrompts() throws IOException {
        int[] ids = Fixture.ints(Fixture.json("expected_llama.json").get("input_ids"));
        long[] four = new long[4 * ids.length];
        for (int i = 0; i < four.length; i++) {
            four[i] = ids[i % ids.length];
        }
        return Tensors.of(torch, four, 1, four.length);
    }

    @Test
    void greedyContinuationIsThatOfTheReference() throws IOException {
        JsonNode expected = Fixture.json("expected_llama.json");
        int[] prompt = Fixture.ints(expected.get("input_ids"));
        int[] whole = Fixture.ints(expected.get("base_greedy_8"));
        CausalLm model = open(folder);
        long live = torch.liveTensors();
        List<Integer> added = Generation.generate(model, prompt, Generation.Settings.greedy(8, Set.of(2)));
        assertThat(added)
                .containsExactlyElementsOf(
                        Arrays.stream(whole).skip(prompt.length).boxed().toList());
        assertThat(torch.liveTensors() - live).isLessThanOrEqualTo(2);
        assertThat(Generation.generate(model, prompt, Generation.Settings.greedy(8, Set.of(added.get(2)))))
                .hasSize(3);
    }

    @Test
    void samplingDependsOnTheSeedAndOnItsLimits() throws IOException {
        CausalLm model = open(folder);
        int[] prompt = {1, 277, 343};
        Generation.Settings free = new Generation.Settings(20, 1.5, 0, 1, Set.of());
        torch.random().reseed(1);
        List<Integer> first = Generation.generate(model, prompt, free);
        torch.random().reseed(1);
        assertThat(Generation.generate(model, prompt, free)).isEqualTo(first);
        assertThat(Generation.generate(model, prompt, free)).isNotEqualTo(first);
        List<Integer> greedy = Generation.generate(model, prompt, Generation.Settings.greedy(20, Set.of()));
        assertThat(Generation.generate(model, prompt, new Generation.Settings(20, 1.5, 1, 1, Set.of())))
                .isEqualTo(greedy);
        assertThat(Generation.generate(model, prompt, new Generation.Settings(20, 1.5, 0, 1e-6, Set.of())))
                .isEqualTo(greedy);
        assertThatThrownBy(() -> Generation.generate(model, new int[125], free)).hasMessageContaining("fit the model");
    }

    @Test
    void paddingAndPackingDontChangeWhatAReaderSees() throws IOException {
        CausalLm model = open(folder);
        int[] a = {1, 277, 343, 347};
        int[] b = {1, 267, 322};
        float[] alone = last(model.logits(TokenBatch.padded(torch, new int[][] {b}, null, 3)), 0, 2);
        TokenBatch right = TokenBatch.padded(torch, new int[][] {a, b}, null, 3);
        assertThat(last(model.logits(right), 1, 2)).containsExactly(alone, within(TOLERANCE));
        TokenBatch masked = TokenBatch.of(right.ids(), right.mask(), null);
        assertThat(last(model.logits(masked), 1, 2)).containsExactly(alone, within(TOLERANCE));
        TokenBatch packed = new TokenBatch(
                Tensors.of(torch, new long[] {1, 277, 343, 347, 1, 267, 322}, 1, 7),
                null,
                null,
                Tensors.of(torch, new long[] {0, 0, 0, 0, 1, 1, 1}, 1, 7),
                Tensors.of(torch, new long[] {0, 1, 2, 3, 0, 1, 2}, 1, 7),
                true);
        assertThat(last(model.logits(packed), 0, 6)).containsExactly(alone, within(TOLERANCE));
    }

    private static float[] last(Tensor logits, int row, int position) {
        return logits.select(0, row).select(0, position).toFloats();
    }

    @Test
    void theLossIsTheMeanOverShiftedLabels() throws IOException {
        CausalLm model = open(folder);
        model.setTrainable(true);
        Tensor ids = Tensors.of(torch, new long[] {1, 277, 343, 347, 1, 267, 322, 3}, 2, 4);
        Tensor labels = Tensors.of(torch, new long[] {-100, 277, 343, 347, -100, -100, 322, -100}, 2, 4);
        Losses.Counted loss = model.nextTokenLoss(TokenBatch.of(ids), labels, Losses.Reduction.MEAN);
        Tensor logits = model.logits(TokenBatch.of(ids)).slice(1, 0, 3).reshape(6, 512);
        Tensor plain = Losses.crossEntropy(logits, labels.slice(1, 1, 4).reshape(6), 0);
        assertThat(loss.count().item()).isEqualTo(4);
        assertThat(loss.loss().item()).isCloseTo(plain.item(), within(1e-5));
        List<Tensor> values =
                model.trainableParameters().stream().map(Parameter::value).toList();
        Gradients fused = Gradients.of(loss.loss(), values);
        Gradients direct = Gradients.of(plain, values);
        for (int i = 0; i < values.size(); i++) {
            assertThat(fused.values().get(i).toFloats())
                    .containsExactly(direct.values().get(i).toFloats(), within(1e-5f));
        }
    }

    @Test
    void nothingIsRecordedBelowTheFirstTrainedPart() throws IOException {
        CausalLm model = open(folder);
        TokenBatch batch = TokenBatch.of(fourPrompts());
        assertThat(model.hidden(batch).requiresGradient()).isFalse();
        model.parameter("model.layers.1.mlp.down_proj.weight").setTrainable(true);
        Tensor loss =
                model.nextTokenLoss(batch, batch.ids(), Losses.Reduction.MEAN).loss();
        assertThat(loss.requiresGradient()).isTrue();
        Tensor early = model.parameter("model.layers.0.mlp.down_proj.weight").value();
        assertThat(early.requiresGradient()).isFalse();
        assertThat(model.trainableParameters()).hasSize(1);
        assertThat(Gradients.of(
                                loss,
                                List.of(model.trainableParameters().getFirst().value()))
                        .globalNorm())
                .isPositive();
    }

    @Test
    void classificationReadsTheLastTokenAsTheReference() throws IOException {
        JsonNode expected = Fixture.json("expected_llama_variants.json").get("classification");
        ModelFamilies.Opened opened =
                families.open(torch.root(), folder, OpenOptions.classifier(List.of("a", "b", "c")));
        assertThat(opened.initialised()).containsExactly("score.weight");
        assertThat(opened.ignored()).containsExactly("lm_head.weight");
        SequenceClassifier model = (SequenceClassifier) opened.model();
        float[] weight = new float[192];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) Math.sin(i / 7.0);
        }
        model.parameter("score.weight").value().copyInPlace(Tensors.of(torch, weight, 3, 64));
        int[][] rows = {{1, 277, 343, 347, 367}, {1, 267, 322}};
        assertThat(model.logits(TokenBatch.padded(torch, rows, null, 3)).toFloats())
                .containsExactly(Fixture.floats(expected.get("logits")), within(TOLERANCE));
    }

    @Test
    void tiedHeadsAreStoredOnceAndOptionsBuildTheirParts() throws IOException {
        ObjectNode config = config();
        config.put("tie_word_embeddings", true).put("qk_layernorm", true).put("attention_bias", true);
        config.putObject("rope_parameters")
                .put("rope_type", "llama3")
                .put("rope_theta", 500000.0)
                .put("factor", 8.0)
                .put("low_freq_factor", 1.0)
                .put("high_freq_factor", 4.0)
                .put("original_max_position_embeddings", 64);
        CausalLm model = (CausalLm) families.create(torch.root(), config);
        List<String> names = model.stored().stream().map(Parameter::name).toList();
        assertThat(names)
                .doesNotHaveDuplicates()
                .doesNotContain("lm_head.weight")
                .contains("model.layers.0.self_attn.q_layernorm.weight", "model.layers.1.self_attn.o_proj.bias");
        ModelFolder.save(model, scratch, DType.F32);
        CausalLm again = open(scratch);
        TokenBatch batch = TokenBatch.of(Tensors.of(torch, new long[] {1, 5, 9, 300}, 1, 4));
        assertThat(again.logits(batch).sameAs(model.logits(batch))).isTrue();
        List<Integer> ids = new ArrayList<>(List.of(1, 5, 9, 300));
        ids.addAll(Generation.generate(again, new int[] {1, 5, 9, 300}, Generation.Settings.greedy(3, Set.of())));
        long[] whole = ids.stream().mapToLong(Integer::longValue).toArray();
        Tensor logits = again.logits(TokenBatch.of(Tensors.of(torch, whole, 1, 7)));
        assertThat(logits.select(0, 0).argmax(-1).toLongs()[5]).isEqualTo(whole[6]);
    }

    @Test
    void whatIsNotSupportedIsRefused() throws IOException {
        ObjectNode config = config();
        config.put("sliding_window", 64);
        config.putObject("rope_parameters").put("rope_type", "yarn").put("mscale", 2);
        assertThatThrownBy(() -> families.create(torch.root(), config))
                .hasMessageContaining("sliding_window is 64, a setting that is not known")
                .hasMessageContaining("rope_parameters.rope_type is yarn")
                .hasMessageContaining("rope_parameters.mscale is 2");
        assertThatThrownBy(() -> families.open(torch.root(), folder, OpenOptions.forTask(Task.IMAGE_CLASSIFICATION)))
                .hasMessageContaining("a llama model can't do IMAGE_CLASSIFICATION");
    }
}
