package io.graft.engine.methods.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.methods.Oracle;
import io.graft.engine.methods.optimizer.ParameterGroup;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.engine.tensors.nn.Parameter;
import io.graft.platform.methods.NameSelection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of PEFT for one layer. */
class LoraOracleTest {
    private final Torch torch = Torch.open(TorchSettings.threads(1).withSeed(5));

    @AfterEach
    void close() {
        torch.close();
    }

    private Tensor matrix(JsonNode rows) {
        return OneLinear.matrix(torch, Oracle.rows(rows));
    }

    private static void assertClose(Tensor tensor, JsonNode expected, double tolerance) {
        float[] actual = tensor.detach().toFloats();
        double[][] rows = Oracle.rows(expected);
        int at = 0;
        for (double[] row : rows) {
            for (double value : row) {
                assertThat((double) actual[at++]).isCloseTo(value, within(tolerance));
            }
        }
        assertThat(actual).hasSize(at);
    }

    private LoraConfig config(JsonNode in, Initialization initialization) {
        LoraConfig plain =
                LoraConfig.of(in.get("r").asInt(), in.get("alpha").asDouble(), NameSelection.of(List.of("proj")));
        return new LoraConfig(
                plain.rank(),
                plain.alpha(),
                0,
                plain.targets(),
                NameSelection.NONE,
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                in.has("use_rslora"),
                in.has("use_dora"),
                initialization,
                BiasMode.NONE,
                List.of(),
                null,
                null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora.forward", "lora.rslora", "lora.dora"})
    void forwardMergeAndUnmergeArePefts(String name) {
        JsonNode in = Oracle.of("lora.json", name).get("inputs");
        JsonNode expected = Oracle.of("lora.json", name).get("expected");
        OneLinear model = OneLinear.of(torch, Oracle.rows(in.get("W")), Oracle.numbers(in.get("b")));
        LoraAdapter adapter = LoraAdapter.create(model.base(), config(in, Initialization.KAIMING), torch.root());
        LowRankLayer layer = adapter.layers().values().iterator().next();
        if (layer instanceof DoraLayer dora) {
            float[] norms = dora.magnitude().value().detach().toFloats();
            double[] start = Oracle.numbers(expected.get("magnitude_at_init_rownorm_of_W"));
            for (int row = 0; row < norms.length; row++) {
                assertThat((double) norms[row]).isCloseTo(start[row], within(1e-5));
            }
            dora.magnitude()
                    .value()
                    .copyInPlace(OneLinear.matrix(torch, new double[][] {Oracle.numbers(in.get("magnitude"))})
                            .squeeze(0));
        }
        layer.a().value().copyInPlace(matrix(in.get("A")));
        layer.b().value().copyInPlace(matrix(in.get("B")));
        Tensor x = matrix(in.get("x"));

        assertThat(layer.scaling()).isCloseTo(expected.get("scaling").asDouble(), within(1e-7));
        assertClose(model.linear().forward(x), expected.get("y"), 1e-5);
        assertClose(layer.delta(), expected.get("delta_weight"), 1e-5);
        MergeReport report = adapter.merge(() -> model.linear().forward(x));
        assertThat(report.outputDifference()).isNotNull().isLessThan(5e-6);
        assertThat(report.modules().values().iterator().next().relative()).isPositive();
        assertClose(model.linear().weight().value(), expected.get("W_merged"), 1e-5);
        assertClose(model.linear().forward(x), expected.get("y_merged"), 1e-5);
        adapter.unmerge();
        assertClose(model.linear().weight().value(), expected.get("W_unmerged"), 1e-6);
        assertClose(model.linear().forward(x), expected.get("y"), 1e-5);
    }

    @ParameterizedTest
    @EnumSource(names = {"PISSA", "OLORA", "ORTHOGONAL"})
    void startsThatLookAtTheWeightArePefts(Initialization initialization) {
        String name = "lora.init." + initialization.wireName();
        JsonNode in = Oracle.of("lora.json", name).get("inputs");
        JsonNode expected = Oracle.of("lora.json", name).get("expected");
        OneLinear model = OneLinear.of(torch, Oracle.rows(in.get("W")), null);
        Tensor x = matrix(in.get("x"));
        Tensor original = model.linear().forward(x).detach();

        LoraAdapter adapter = LoraAdapter.create(model.base(), config(in, initialization), torch.root());

        assertClose(model.linear().weight().value(), expected.get("W_residual"), 1e-4);
        LowRankLayer layer = adapter.layers().values().iterator().next();
        assertClose(layer.b().value().detach().matmul(layer.a().value().detach()), expected.get("BA"), 1e-4);
        assertThat(Tensors.shaped(
                                "amax",
                                model.linear().forward(x).detach().sub(original).abs(),
                                new long[] {0, 1},
                                false)
                        .item())
                .isLessThan(1e-5);
        adapter.setEnabled(false);
        assertClose(model.linear().weight().value(), in.get("W"), 1e-5);
    }

    @Test
    void loraPlusGivesBTheRatio() {
        JsonNode oracle = Oracle.of("lora.json", "loraplus.groups");
        OneLinear model = OneLinear.of(torch, new double[][] {{1, 2}, {3, 4}}, new double[] {0, 0});
        LoraAdapter adapter =
                LoraAdapter.create(model.base(), LoraConfig.of(1, 2, NameSelection.of(List.of("proj"))), torch.root());
        double rate = oracle.get("inputs").get("lr").asDouble();

        List<ParameterGroup> groups = adapter.groups(16);

        assertThat(groups.get(0).parameters()).extracting(Parameter::name).containsExactly("proj.lora_A.weight");
        assertThat(groups.get(1).parameters()).extracting(Parameter::name).containsExactly("proj.lora_B.weight");
        assertThat(rate * groups.get(0).rateFactor())
                .isEqualTo(oracle.get("expected").get("A").asDouble());
        assertThat(rate * groups.get(1).rateFactor())
                .isEqualTo(oracle.get("expected").get("B").asDouble());
    }
}
