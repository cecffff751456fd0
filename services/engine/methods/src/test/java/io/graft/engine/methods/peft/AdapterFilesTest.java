package io.graft.engine.methods.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.engine.safetensors.SafetensorsException;
import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.platform.methods.NameSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused of an adapter's files, before the model changes. */
class AdapterFilesTest {
    private static final String A = "base_model.model.proj.lora_A.weight";
    private static final String B = "base_model.model.proj.lora_B.weight";

    private final Torch torch = Torch.open(TorchSettings.threads(1));
    private OneLinear model = OneLinear.of(torch, new double[][] {{1, 2, 3}, {4, 5, 6}}, null);

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        write(LoraConfig.of(1, 2, NameSelection.of(List.of("proj"))), Map.of(A, new long[] {1, 3}, B, new long[] {2, 1
        }));
    }

    @AfterEach
    void close() {
        assertThat(model.linear().adapter()).isNull();
        torch.close();
    }

    private void write(LoraConfig config, Map<String, long[]> shapes) throws IOException {
        TreeMap<String, Tensor> tensors = new TreeMap<>();
        shapes.forEach((key, shape) -> tensors.put(key, Tensors.full(torch, DType.F32, 1, shape)));
        AdapterWriter.tensors(folder, tensors);
        Files.writeString(folder.resolve(AdapterFolder.CONFIG), AdapterConfigWriter.write(config));
    }

    private void assertRefused(AdapterProblem problem, String message) {
        assertThatThrownBy(() -> LoraAdapter.load(model.base(), folder, torch.root()))
                .isInstanceOfSatisfying(
                        AdapterException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(problem))
                .hasMessageContaining(message);
    }

    @Test
    void aSoundAdapterLoads() throws IOException {
        LoraAdapter adapter = LoraAdapter.load(model.base(), folder, torch.root());

        assertThat(model.linear()
                        .forward(Tensors.of(torch, new float[] {1, 0, 0}, 1, 3))
                        .detach()
                        .toFloats())
                .containsExactly(3, 6);
        adapter.setEnabled(false);
    }

    @ParameterizedTest
    @EnumSource(names = {"BF16", "F16", "F64"})
    void otherTypesAreWidenedOrRounded(DType type) throws IOException {
        TreeMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put(A, Tensors.full(torch, DType.F32, 0.5, 1, 3).to(type));
        tensors.put(B, Tensors.full(torch, DType.F32, 1, 2, 1).to(type));
        AdapterWriter.tensors(folder, tensors);

        LoraAdapter adapter = LoraAdapter.load(model.base(), folder, torch.root());

        assertThat(model.linear()
                        .forward(Tensors.of(torch, new float[] {1, 0, 0}, 1, 3))
                        .detach()
                        .toFloats())
                .containsExactly(2, 5);
        adapter.setEnabled(false);
    }

    @Test
    void aFactorWithoutItsPartner() throws IOException {
        write(LoraConfig.of(1, 2, NameSelection.of(List.of("proj"))), Map.of(A, new long[] {1, 3}));
        assertRefused(AdapterProblem.PARTNER_MISSING, "proj has [A], wants A and B");
    }

    @Test
    void factorsThatDoNotFitEachOtherOrTheRank() throws IOException {
        write(LoraConfig.of(1, 2, NameSelection.of(List.of("proj"))), Map.of(A, new long[] {2, 3}, B, new long[] {2, 1
        }));
        assertRefused(AdapterProblem.SHAPE, "A [2, 3], B [2, 1], r 1");
    }

    @Test
    void factorsForALayerOfAnotherSize() throws IOException {
        write(LoraConfig.of(1, 2, NameSelection.of(List.of("proj"))), Map.of(A, new long[] {1, 4}, B, new long[] {2, 1
        }));
        assertRefused(AdapterProblem.SHAPE, "is for 4 in and 2 out, the model has 3 and 2");
    }

    @Test
    void factorsForALayerThatTheModelLacks() throws IOException {
        write(
                LoraConfig.of(1, 2, NameSelection.of(List.of("other"))),
                Map.of(A.replace("proj", "other"), new long[] {1, 3}, B.replace("proj", "other"), new long[] {2, 1}));
        assertRefused(AdapterProblem.UNKNOWN_MODULE, "no linear module other");
    }

    @Test
    void factorsThatTheTargetsDoNotCover() throws IOException {
        write(
                LoraConfig.of(1, 2, NameSelection.of(List.of("proj"))),
                Map.of(
                        A,
                        new long[] {1, 3},
                        B,
                        new long[] {2, 1},
                        A.replace("proj", "x"),
                        new long[] {1, 3},
                        B.replace("proj", "x"),
                        new long[] {2, 1}));
        assertRefused(AdapterProblem.UNKNOWN_TENSOR, "target_modules do not cover x");
    }

    @Test
    void tensorsThatNothingAsksFor() throws IOException {
        write(
                LoraConfig.of(1, 2, NameSelection.of(List.of("proj"))),
                Map.of(A, new long[] {1, 3}, B, new long[] {2, 1}, "base_model.model.proj.weight", new long[] {2, 3}));
        assertRefused(AdapterProblem.UNKNOWN_TENSOR, "neither modules_to_save nor bias asks for proj.weight");
    }

    @Test
    void keysWithoutPeftsPrefix() throws IOException {
        write(LoraConfig.of(1, 2, NameSelection.of(List.of("proj"))), Map.of("proj.lora_A.weight", new long[] {1, 3}));
        assertRefused(AdapterProblem.UNKNOWN_TENSOR, "does not begin with base_model.model.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base_model.model.proj.lora_A.default.weight",
                "base_model.model.proj.lora_magnitude_vector.default",
                "base_model.model.proj.lora_embedding_A"
            })
    void keysThatNameTheAdapterOrAreForEmbeddings(String key) throws IOException {
        write(
                LoraConfig.of(1, 2, NameSelection.of(List.of("proj"))),
                Map.of(A, new long[] {1, 3}, B, new long[] {2, 1}, key, new long[] {1, 3}));
        assertRefused(AdapterProblem.UNKNOWN_TENSOR, "save the adapter with PEFT's save_pretrained");
    }

    @Test
    void modulesThatWouldLeadOutOfAFolder() throws IOException {
        String out = "base_model.model.../../proj";
        write(
                LoraConfig.of(1, 2, NameSelection.of(".*proj")),
                Map.of(out + ".lora_A.weight", new long[] {1, 3}, out + ".lora_B.weight", new long[] {2, 1}));
        assertRefused(AdapterProblem.UNKNOWN_MODULE, "no linear module ../../proj");
    }

    @Test
    void anArchiveUnderTheNameOfSafetensors() throws IOException {
        Files.write(folder.resolve(AdapterFolder.WEIGHTS), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0});
        assertThatThrownBy(() -> LoraAdapter.load(model.base(), folder, torch.root()))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(AdapterFolder.WEIGHTS);
    }

    @Test
    void aMagnitudeWithoutDora() throws IOException {
        write(
                LoraConfig.of(1, 2, NameSelection.of(List.of("proj"))),
                Map.of(
                        A,
                        new long[] {1, 3},
                        B,
                        new long[] {2, 1},
                        "base_model.model.proj.lora_magnitude_vector",
                        new long[] {2}));
        assertRefused(AdapterProblem.PARTNER_MISSING, "MAGNITUDE");
    }

    @Test
    void numbersThatAreNone() throws IOException {
        TreeMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put(A, Tensors.full(torch, DType.F32, Double.NaN, 1, 3));
        tensors.put(B, Tensors.full(torch, DType.F32, 1, 2, 1));
        AdapterWriter.tensors(folder, tensors);
        assertRefused(AdapterProblem.NOT_FINITE, "holds NaN or infinity");
    }

    @Test
    void picklesUnread() throws IOException {
        Files.move(folder.resolve(AdapterFolder.WEIGHTS), folder.resolve("adapter_model.bin"));
        assertRefused(AdapterProblem.PICKLE_REFUSED, "safe_serialization=True");
    }

    @Test
    void missingFiles() throws IOException {
        Files.delete(folder.resolve(AdapterFolder.WEIGHTS));
        assertRefused(AdapterProblem.MISSING_FILE, AdapterFolder.WEIGHTS);
        Files.delete(folder.resolve(AdapterFolder.CONFIG));
        assertRefused(AdapterProblem.MISSING_FILE, AdapterFolder.CONFIG);
    }

    @Test
    void aRankAboveWhatTheLayerCanUse() {
        assertThatThrownBy(() -> LoraAdapter.create(
                        model.base(), LoraConfig.of(3, 2, NameSelection.of(List.of("proj"))), torch.root()))
                .hasMessageContaining("r: 3 is more than proj can use; give at most 2");
    }

    @Test
    void evaWithoutSamples() {
        assertThatThrownBy(() -> AdapterMethod.choose(
                        "lora",
                        Map.of("init", "eva", "r", 1, "target_modules", List.of("proj")),
                        model.base(),
                        torch.root(),
                        List.of()))
                .hasMessageContaining("give it batches of training data");
    }

    @Test
    void parametersOutOfRange() {
        assertThatThrownBy(() -> AdapterMethod.choose(
                        "lora",
                        Map.of("r", 0, "alpha", 0, "dropout", 1, "init", "loftq", "rank", 3),
                        model.base(),
                        torch.root(),
                        List.of()))
                .hasMessageContaining("r: 0 is out of range")
                .hasMessageContaining("alpha: 0 is out of range")
                .hasMessageContaining("dropout: 1 is out of range")
                .hasMessageContaining("init: loftq is not a choice")
                .hasMessageContaining("rank: is not a parameter");
    }

    @Test
    void ranksThatAreNotWhole() {
        assertThatThrownBy(() -> AdapterMethod.choose(
                        "lora",
                        Map.of("rank_pattern", Map.of("proj", 1.5), "target_modules", List.of("proj")),
                        model.base(),
                        torch.root(),
                        List.of()))
                .hasMessageContaining("rank_pattern: proj: 1.5 is not a whole number");
    }
}
