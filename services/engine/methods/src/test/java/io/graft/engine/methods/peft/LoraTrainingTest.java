package io.graft.engine.methods.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.engine.tensors.nn.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoraTrainingTest {
    private Torch torch = Torch.open(TorchSettings.threads(1).withSeed(11));

    @TempDir
    Path temporary;

    @AfterEach
    void close() {
        torch.close();
    }

    private void reopen() {
        torch.close();
        torch = Torch.open(TorchSettings.threads(1).withSeed(11));
    }

    private static LoraAdapter adapter(FineTuning tuning) {
        return switch (tuning) {
            case FineTuning.Adapted adapted -> adapted.adapter();
            case FineTuning.Whole whole -> throw new AssertionError(whole);
        };
    }

    private FineTuning prepare(TinyLlama llama, Map<String, Object> params) {
        List<Runnable> samples = List.of(() -> llama.loss(500), () -> llama.loss(501));
        Map<String, Object> all = new HashMap<>(Map.of("r", 4, "alpha", 8, "target_modules", "all-linear"));
        all.putAll(params);
        return AdapterMethod.choose("lora", all, llama.base(), torch.root(), samples);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kaiming", "gaussian", "eva", "orthogonal"})
    void theFirstStepIsTheBaseToTheBit(String init) {
        TinyLlama llama = TinyLlama.open(torch);
        float[] before = llama.logits();

        prepare(llama, Map.of("init", init));

        assertThat(TinyLlama.gap(before, llama.logits())).isLessThan(init.equals("orthogonal") ? 1e-4 : 1e-30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kaiming", "gaussian", "pissa", "olora", "eva", "orthogonal", "random"})
    void everyStartLearnsAndTheSameSeedGivesTheSameBits(String init) {
        List<List<Double>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            reopen();
            TinyLlama llama = TinyLlama.open(torch);
            runs.add(llama.train(prepare(llama, Map.of("init", init, "dropout", 0.1)), 12, 1e-2));
        }

        assertThat(runs.get(0)).isEqualTo(runs.get(1));
        assertThat(runs.get(0).getLast()).isLessThan(runs.get(0).getFirst() - 0.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "use_rslora", "use_dora"})
    void variantsLearnMergeAndLoadAgain(String variant) throws IOException {
        TinyLlama llama = TinyLlama.open(torch);
        FineTuning tuning = prepare(llama, variant.equals("plain") ? Map.of() : Map.of(variant, true));
        List<Double> losses = llama.train(tuning, 15, 1e-2);
        float[] trained = llama.logits();
        adapter(tuning).save(temporary);

        assertThat(losses.getLast()).isLessThan(losses.getFirst() - 0.5);
        adapter(tuning).merge(null);
        assertThat(TinyLlama.gap(trained, llama.logits())).isLessThan(2e-5);
        TinyLlama other = TinyLlama.open(torch);
        LoraAdapter.load(other.base(), temporary, torch.root());
        assertThat(TinyLlama.gap(trained, other.logits())).isLessThan(1e-6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pissa", "olora"})
    void aStartThatChangesTheBaseIsStoredForTheOriginalBase(String init) throws IOException {
        TinyLlama llama = TinyLlama.open(torch);
        float[] original = llama.logits();
        FineTuning tuning = prepare(llama, Map.of("init", init));
        assertThat(TinyLlama.gap(original, llama.logits())).isLessThan(1e-4);
        llama.train(tuning, 10, 5e-3);
        float[] trained = llama.logits();
        adapter(tuning).save(temporary);

        TinyLlama other = TinyLlama.open(torch);
        LoraAdapter loaded = LoraAdapter.load(other.base(), temporary, torch.root());

        assertThat(loaded.config().rank()).isEqualTo(8);
        assertThat(loaded.config().initialization()).isEqualTo(Initialization.KAIMING);
        assertThat(TinyLlama.gap(trained, other.logits())).isLessThan(2e-4);
        adapter(tuning).setEnabled(false);
        assertThat(TinyLlama.gap(original, llama.logits())).isLessThan(1e-4);
    }

    @Test
    void whatIsNotAdaptedStaysFrozen() {
        TinyLlama llama = TinyLlama.open(torch);
        FineTuning tuning = prepare(llama, Map.of("target_modules", List.of("q_proj", "v_proj")));
        List<float[]> before = frozen(llama, tuning);

        llama.train(tuning, 3, 1e-2);

        List<float[]> after = frozen(llama, tuning);
        for (int at = 0; at < before.size(); at++) {
            assertThat(after.get(at)).containsExactly(before.get(at));
        }
        assertThat(tuning.parameters()).hasSize(8).allMatch(Parameter::trainable);
        assertThat(adapter(tuning).trainableCount()).isEqualTo(2 * (2 * 4 * 64 + 4 * 64 + 4 * 32));
    }

    private static List<float[]> frozen(TinyLlama llama, FineTuning tuning) {
        return llama.model().parameters().stream()
                .filter(parameter -> !tuning.parameters().contains(parameter))
                .map(parameter -> parameter.value().detach().toFloats())
                .toList();
    }

    @Test
    void modulesToSaveAreTrainedWholeAndGivenBack() throws IOException {
        TinyLlama llama = TinyLlama.open(torch);
        float[] original = llama.logits();
        FineTuning tuning = prepare(
                llama, Map.of("target_modules", List.of("q_proj"), "modules_to_save", List.of("lm_head", "norm")));
        llama.train(tuning, 5, 1e-2);
        float[] trained = llama.logits();
        adapter(tuning).save(temporary);

        assertThat(adapter(tuning).savedParameters()).containsOnlyKeys("model.norm.weight", "lm_head.weight");
        TinyLlama other = TinyLlama.open(torch);
        LoraAdapter.load(other.base(), temporary, torch.root());
        assertThat(other.logits()).containsExactly(trained);
        adapter(tuning).setEnabled(false);
        assertThat(llama.logits()).containsExactly(original);
        adapter(tuning).setEnabled(true);
        assertThat(llama.logits()).containsExactly(trained);
    }

    @Test
    void whatWasFilledAtRandomIsTrainedWhole() {
        TinyLlama llama = TinyLlama.open(torch);
        BaseModel base = llama.base().withNewParameters(List.of("lm_head.weight"), List.of());

        FineTuning tuning =
                AdapterMethod.choose("lora", Map.of("target_modules", "all-linear"), base, torch.root(), List.of());

        assertThat(adapter(tuning).savedParameters()).containsOnlyKeys("lm_head.weight");
        assertThat(adapter(tuning).config().modulesToSave()).containsExactly("lm_head");
    }

    @Test
    void whatIsNeutralIsStoredButTrainedOnlyOnRequest() {
        TinyLlama llama = TinyLlama.open(torch);
        BaseModel base = llama.base().withNewParameters(List.of(), List.of("lm_head.weight"));
        Map<String, Object> lora = Map.of("target_modules", List.of("q_proj"));

        FineTuning left = AdapterMethod.choose("lora", new LinkedHashMap<>(lora), base, torch.root(), List.of());

        assertThat(adapter(left).savedParameters()).containsOnlyKeys("lm_head.weight");
        assertThat(left.parameters()).noneMatch(parameter -> parameter.name().equals("lm_head.weight"));
        Map<String, Object> asked = new LinkedHashMap<>(lora);
        asked.put("modules_to_save", List.of("lm_head"));
        TinyLlama other = TinyLlama.open(torch);
        FineTuning trained = AdapterMethod.choose(
                "lora",
                asked,
                other.base().withNewParameters(List.of(), List.of("lm_head.weight")),
                torch.root(),
                List.of());
        assertThat(trained.parameters()).anyMatch(parameter -> parameter.name().equals("lm_head.weight"));
    }

    @Test
    void aFullFineTuningTrainsEverything() {
        TinyLlama llama = TinyLlama.open(torch);
        FineTuning tuning = AdapterMethod.choose("full", Map.of(), llama.base(), torch.root(), List.of());

        List<Double> losses = llama.train(tuning, 12, 3e-3);

        assertThat(losses.getLast()).isLessThan(losses.getFirst() - 0.5);
        assertThat(tuning.parameters()).hasSize(llama.model().parameters().size());
    }

    @Test
    void rankStabilizedUpdatesDoNotShrinkWithTheRank() {
        double plain = firstUpdate(Map.of("r", 4)) / firstUpdate(Map.of("r", 64));
        double stabilized =
                firstUpdate(Map.of("r", 4, "use_rslora", true)) / firstUpdate(Map.of("r", 64, "use_rslora", true));

        assertThat(plain).isGreaterThan(1.5 * stabilized);
    }

    private double firstUpdate(Map<String, Object> params) {
        reopen();
        TinyLlama llama = TinyLlama.open(torch);
        Map<String, Object> all = new HashMap<>(params);
        all.put("alpha", 8);
        all.put("target_modules", List.of("q_proj", "o_proj"));
        FineTuning tuning = prepare(llama, all);
        llama.train(tuning, 1, 1e-3);
        return adapter(tuning).layers().values().stream()
                .mapToDouble(layer -> layer.delta().norm().item())
                .sum();
    }

    @Test
    void stateErrorsAndMergesThatWouldNotBeFiniteChangeNothing() {
        TinyLlama llama = TinyLlama.open(torch);
        FineTuning tuning = prepare(llama, Map.of());
        LoraAdapter adapter = adapter(tuning);
        float[] before = llama.logits();

        assertThatThrownBy(adapter::unmerge).hasMessageContaining("cannot be unmerged: it is on");
        assertThatThrownBy(() -> prepare(llama, Map.of())).hasMessageContaining("has an adapter already");
        LowRankLayer last = new ArrayList<>(adapter.layers().values()).getLast();
        last.b().value().fillInPlace(Double.NaN);
        assertThatThrownBy(() -> adapter.merge(null))
                .isInstanceOfSatisfying(
                        AdapterException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(AdapterProblem.MERGE_NOT_FINITE))
                .hasMessageContaining(last.linear().name());
        last.b().value().fillInPlace(0);
        assertThat(llama.logits()).containsExactly(before);
        adapter.merge(null);
        assertThatThrownBy(() -> adapter.merge(null)).hasMessageContaining("cannot be merged: it is merged");
    }
}
