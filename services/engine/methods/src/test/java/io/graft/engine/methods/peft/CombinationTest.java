package io.graft.engine.methods.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.methods.EngineMethods;
import io.graft.engine.methods.Oracle;
import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.platform.methods.MethodParameterException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CombinationTest {
    private static final Path ADAPTERS = Path.of("src/test/resources/adapters");

    private final Torch torch = Torch.open(TorchSettings.threads(1));

    @TempDir
    Path temporary;

    @AfterEach
    void close() {
        torch.close();
    }

    private List<CombinationMethod.Part> parts(double one, double two) {
        JsonNode in = Oracle.of("lora.json", "lora.add_weighted_adapter").get("inputs");
        return List.of(
                new CombinationMethod.Part(matrix(in.get("A_a")), matrix(in.get("B_a")), 2, one),
                new CombinationMethod.Part(matrix(in.get("A_b")), matrix(in.get("B_b")), 3, two));
    }

    private Tensor matrix(JsonNode rows) {
        return OneLinear.matrix(torch, Oracle.rows(rows));
    }

    private static CombinationMethod.Pair combine(
            String method, Map<String, Object> params, List<CombinationMethod.Part> parts) {
        return bound(EngineMethods.require(CombinationMethod.class, method), params, parts);
    }

    private static <P extends Record> CombinationMethod.Pair bound(
            CombinationMethod<P> method, Map<String, Object> params, List<CombinationMethod.Part> parts) {
        return method.combine(method.bind(params), parts);
    }

    private static void assertClose(Tensor tensor, JsonNode expected) {
        float[] actual = tensor.detach().toFloats();
        int at = 0;
        for (double[] row : Oracle.rows(expected)) {
            for (double value : row) {
                assertThat((double) actual[at++]).isCloseTo(value, within(1e-4));
            }
        }
        assertThat(actual).hasSize(at);
    }

    static List<Arguments> methods() {
        return List.of(
                Arguments.of("linear", "linear", Map.of()),
                Arguments.of("cat", "cat", Map.of()),
                Arguments.of("svd", "svd", Map.of("svd_rank", 2)),
                Arguments.of("ties", "ties", Map.of("density", 0.5)),
                Arguments.of("ties_svd", "ties", Map.of("density", 0.5, "product", true)),
                Arguments.of("magnitude_prune", "magnitude_prune", Map.of("density", 0.5)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void correctionsArePefts(String oracle, String method, Map<String, Object> params) {
        JsonNode expected = Oracle.of("lora.json", "lora.add_weighted_adapter")
                .get("expected")
                .get(oracle);

        CombinationMethod.Pair pair = combine(method, params, parts(0.7, 0.3));

        assertClose(pair.b().matmul(pair.a()), expected.get("delta"));
        assertThat(pair.a().size(0)).isEqualTo(expected.get("r").asLong());
    }

    @Test
    void aNegativeWeightSubtracts() {
        CombinationMethod.Pair pair = combine("cat", Map.of(), parts(1, -1));

        assertClose(
                pair.b().matmul(pair.a()),
                Oracle.of("lora.json", "lora.subtract_cat").get("expected").get("delta"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dare_linear", "dare_ties"})
    void randomChoicesAreTheSeeds(String method) throws IOException {
        byte[] one = combined(method, Map.of("seed", 1));

        assertThat(combined(method, Map.of("seed", 1))).isEqualTo(one);
        assertThat(combined(method, Map.of("seed", 2))).isNotEqualTo(one);
    }

    private byte[] combined(String method, Map<String, Object> params) throws IOException {
        Path output = Files.createTempDirectory(temporary, "combined");
        new AdapterCombination(torch)
                .combine(
                        List.of(
                                new AdapterCombination.Weighted(ADAPTERS.resolve("tiny-llama-A"), 0.5),
                                new AdapterCombination.Weighted(ADAPTERS.resolve("tiny-llama-B"), 0.5)),
                        method,
                        params,
                        output);
        return Files.readAllBytes(output.resolve(AdapterFolder.WEIGHTS));
    }

    @Test
    void dareKeepsTheMean() {
        double sum = 0;
        for (int draw = 0; draw < 200; draw++) {
            sum += combine("dare_linear", Map.of("density", 0.5), parts(1, 1).subList(0, 1))
                    .a()
                    .sum()
                    .item();
        }
        double whole =
                combine("linear", Map.of(), parts(1, 1).subList(0, 1)).a().sum().item();

        assertThat(sum / 200).isCloseTo(whole, within(0.25));
    }

    @Test
    void anAdapterTakenTwiceWithHalfTheWeightIsItself() throws IOException {
        Path once = ADAPTERS.resolve("tiny-llama-A");
        new AdapterCombination(torch)
                .combine(
                        List.of(new AdapterCombination.Weighted(once, 0.5), new AdapterCombination.Weighted(once, 0.5)),
                        "cat",
                        Map.of(),
                        temporary);

        try (Checkpoint result = Checkpoint.openFile(temporary.resolve(AdapterFolder.WEIGHTS))) {
            assertThat(result.tensors()).hasSize(8);
            ByteBuffer bytes = ByteBuffer.allocate(4);
            result.read(result.tensors().keySet().iterator().next(), 0, bytes);
        }
        TinyLlama one = TinyLlama.open(torch);
        LoraAdapter.load(one.base(), once, torch.root());
        TinyLlama two = TinyLlama.open(torch);
        LoraAdapter.load(two.base(), temporary, torch.root());
        assertThat(TinyLlama.gap(one.logits(), two.logits())).isLessThan(1e-5);
    }

    private void assertRefused(List<AdapterCombination.Weighted> adapters, String method, String message) {
        assertThatThrownBy(() -> new AdapterCombination(torch).combine(adapters, method, Map.of(), temporary))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining(message);
    }

    private static AdapterCombination.Weighted weighted(String name) {
        return new AdapterCombination.Weighted(ADAPTERS.resolve(name), 1);
    }

    @Test
    void whatCannotBeCombinedIsRefused() {
        assertRefused(List.of(), "cat", "at least one");
        assertRefused(List.of(weighted("tiny-llama-A"), weighted("tiny-llama-lora")), "linear", "the ranks");
        assertRefused(List.of(weighted("tiny-llama-A"), weighted("tiny-llama-lora")), "ties", "use cat or svd");
        assertRefused(
                List.of(weighted("tiny-llama-A"), weighted("tiny-llama-dora")), "cat", "magnitudes do not add up");
        assertRefused(List.of(weighted("tiny-llama-lora-head")), "cat", "modules_to_save");
        assertThatThrownBy(() -> new AdapterCombination.Weighted(ADAPTERS, Double.NaN))
                .hasMessageContaining("weights");
        assertThatThrownBy(() -> combine("ties", Map.of("density", 0), parts(1, 1)))
                .isInstanceOf(MethodParameterException.class)
                .hasMessageContaining("density: 0 is out of range");
        assertThatThrownBy(() -> combine("dare_linear", Map.of("density", 1.1), parts(1, 1)))
                .hasMessageContaining("density");
    }
}
