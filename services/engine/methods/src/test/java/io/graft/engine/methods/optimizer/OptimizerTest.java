package io.graft.engine.methods.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.methods.Oracle;
import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.engine.tensors.nn.Parameter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {
    private final Torch torch = Torch.open(TorchSettings.threads(1).withSeed(3));

    @AfterEach
    void close() {
        torch.close();
    }

    private static void collect(JsonNode node, List<Double> values, List<Long> shape, int depth) {
        if (node.isArray()) {
            if (shape.size() == depth) {
                shape.add((long) node.size());
            }
            node.forEach(child -> collect(child, values, shape, depth + 1));
        } else {
            values.add(node.asDouble());
        }
    }

    private Tensor doubles(JsonNode node) {
        List<Double> values = new ArrayList<>();
        List<Long> shape = new ArrayList<>();
        collect(node, values, shape, 0);
        double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
        return Tensors.read(
                torch,
                DType.F64,
                MemorySegment.ofArray(array),
                shape.stream().mapToLong(Long::longValue).toArray());
    }

    private static double[] read(Tensor tensor) {
        MemorySegment target = MemorySegment.ofArray(new double[(int) tensor.elements()]);
        tensor.detach().writeTo(target);
        return target.toArray(ValueLayout.JAVA_DOUBLE);
    }

    private void assertClose(Tensor tensor, JsonNode expected, double tolerance) {
        assertThat(read(tensor)).containsExactly(read(doubles(expected)), within(tolerance));
    }

    @Test
    void adamWIsTorchs() {
        JsonNode oracle = Oracle.of("training.json", "adamw_3steps");
        Parameter parameter = new Parameter("p", doubles(oracle.get("input").get("p0")), true);
        Optimizer optimizer = OptimizerMethod.choose(
                "adamw",
                Map.of("lr", 0.01, "beta2", 0.95, "weight_decay", 0.1),
                List.of(new ParameterGroup("all", List.of(parameter), 1, 1)),
                torch.root());

        for (int step = 0; step < 3; step++) {
            optimizer.step(
                    0.01,
                    new Gradients(
                            List.of(doubles(oracle.get("input").get("grads").get(step)))));
            assertClose(parameter.value(), oracle.get("expected").get(step), 1e-10);
        }
    }

    @Test
    void sgdSaiIsTheAuthorsExceptForScalars() {
        JsonNode oracle = Oracle.of("training.json", "sgd_sai_2steps");
        List<Parameter> parameters = new ArrayList<>();
        oracle.get("input")
                .get("params")
                .forEach(values -> parameters.add(new Parameter("p" + parameters.size(), doubles(values), true)));
        SgdSai method = new SgdSai();
        SgdSai.Run optimizer = method.optimizer(
                method.bind(Map.of("lr", 0.01, "weight_decay", 0.05)),
                List.of(new ParameterGroup("all", parameters, 1, 1)),
                torch.root());

        for (int step = 0; step < 2; step++) {
            List<Tensor> gradients = new ArrayList<>();
            oracle.get("input").get("grads").get(step).forEach(values -> gradients.add(doubles(values)));
            optimizer.step(0.01, new Gradients(gradients));
            for (int index = 0; index < 2; index++) {
                JsonNode expected = oracle.get("expected");
                assertThat(optimizer.scales().get("p" + index))
                        .isCloseTo(expected.get("gsnr").get(index).asDouble(), within(1e-9));
                assertClose(
                        parameters.get(index).value(),
                        expected.get("params_after").get(step).get(index),
                        1e-9);
            }
        }
        assertThat(optimizer.scales()).containsEntry("p2", 1.0);
        assertThat(read(parameters.get(2).value())[0]).isBetween(1.9, 2.0);
    }

    @Test
    void sgdSaiWaitsForTheFirstGradientThatIsNotZero() {
        Parameter parameter = new Parameter("a", Tensors.full(torch, DType.F32, 1, 2), true);
        SgdSai method = new SgdSai();
        SgdSai.Run optimizer =
                method.optimizer(method.bind(Map.of()), ParameterGroup.of(List.of(parameter)), torch.root());

        optimizer.step(0.1, new Gradients(List.of(Tensors.zeros(torch, DType.F32, 2))));
        assertThat(optimizer.scales()).containsEntry("a", 0.0);
        assertThat(parameter.value().toFloats()).containsExactly(1, 1);
        optimizer.step(0.1, new Gradients(List.of(Tensors.of(torch, new float[] {1, 3}, 2))));

        assertThat(optimizer.scales().get("a")).isCloseTo(Math.sqrt(10) / Math.sqrt(2), within(1e-5));
        assertThat(parameter.value().toFloats()[0]).isLessThan(1);
    }

    @Test
    void halfTheStateOfAdamW() {
        List<ParameterGroup> groups =
                ParameterGroup.of(List.of(new Parameter("w", Tensors.zeros(torch, DType.F32, 100, 100), true)));
        Optimizer adamW = OptimizerMethod.choose("adamw", Map.of(), groups, torch.root());
        Optimizer sai = OptimizerMethod.choose("sgd_sai", Map.of(), groups, torch.root());

        assertThat((double) sai.stateBytes() / adamW.stateBytes()).isLessThanOrEqualTo(0.55);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamw", "sgd", "sgd_sai"})
    void aRestoredStateContinuesToTheSameBits(String name) {
        Map<String, Object> params = Map.of("weight_decay", 0.1);
        List<ParameterGroup> through = model("through");
        List<ParameterGroup> stopped = model("through");
        Optimizer one = OptimizerMethod.choose(name, params, through, torch.root());
        Optimizer two = OptimizerMethod.choose(name, params, stopped, torch.root());
        for (int step = 0; step < 3; step++) {
            one.step(0.1, gradients(step));
            two.step(0.1, gradients(step));
        }
        Map<String, Tensor> saved = new LinkedHashMap<>();
        two.state().forEach((key, tensor) -> saved.put(key, tensor.copy()));
        Optimizer resumed = OptimizerMethod.choose(name, params, stopped, torch.root());
        resumed.restore(saved);

        for (int step = 3; step < 6; step++) {
            one.step(0.05, gradients(step));
            resumed.step(0.05, gradients(step));
        }

        for (int index = 0; index < 2; index++) {
            assertThat(one.parameters().get(index).value().toFloats())
                    .containsExactly(resumed.parameters().get(index).value().toFloats());
        }
        saved.remove(saved.keySet().iterator().next());
        assertThatThrownBy(() -> resumed.restore(saved)).hasMessageContaining("is missing");
        assertThatThrownBy(() -> one.step(0.1, new Gradients(List.of(Tensors.scalar(torch, 1)))))
                .hasMessageContaining("1 gradients for 2 parameters");
    }

    private List<ParameterGroup> model(String name) {
        return ParameterGroup.of(List.of(
                new Parameter(name + ".weight", Tensors.of(torch, new float[] {1, 2, 3, 4}, 2, 2), true),
                new Parameter(name + ".bias", Tensors.of(torch, new float[] {1, -1}, 2), true)));
    }

    private Gradients gradients(int step) {
        return new Gradients(List.of(
                Tensors.of(torch, new float[] {0.3f + step, -0.1f, 0.2f * step, 0.7f}, 2, 2),
                Tensors.of(torch, new float[] {0.5f, -0.25f * step}, 2)));
    }

    @Test
    void vectorsDoNotDecayAndGroupsScaleTheRate() {
        List<ParameterGroup> groups = model("m");
        assertThat(groups).extracting(ParameterGroup::decayFactor).containsExactly(1.0, 0.0);
        Optimizer optimizer = OptimizerMethod.choose(
                "sgd",
                Map.of("momentum", 0, "weight_decay", 0.5),
                List.of(groups.get(0), new ParameterGroup("fast", groups.get(1).parameters(), 16, 0)),
                torch.root());
        Tensor zero = Tensors.zeros(torch, DType.F32, 2, 2);

        optimizer.step(0.1, new Gradients(List.of(zero, Tensors.full(torch, DType.F32, 1, 2))));

        assertThat(optimizer.parameters().get(0).value().toFloats()).containsExactly(0.95f, 1.9f, 2.85f, 3.8f);
        assertThat(optimizer.parameters().get(1).value().toFloats()).containsExactly(-0.6f, -2.6f);
    }

    @Test
    void impossibleSettingsAreRefused() {
        List<ParameterGroup> groups = model("m");
        assertThatThrownBy(() -> OptimizerMethod.choose(
                        "adamw", Map.of("lr", 2, "beta1", 1, "eps", 0, "weight_decay", -1), groups, torch.root()))
                .hasMessageContaining("lr: 2 is out of range")
                .hasMessageContaining("beta1: 1 is out of range")
                .hasMessageContaining("eps: 0 is out of range")
                .hasMessageContaining("weight_decay: -1 is out of range");
        assertThatThrownBy(() -> OptimizerMethod.choose(
                        "sgd_sai",
                        Map.of("momentum", 1, "lr", -1, "eps", -1e-8, "weight_decay", -0.1),
                        groups,
                        torch.root()))
                .hasMessageContaining("momentum: 1 is out of range")
                .hasMessageContaining("lr: -1 is out of range")
                .hasMessageContaining("eps: -1")
                .hasMessageContaining("weight_decay: -0.1 is out of range");
        assertThatThrownBy(() ->
                        OptimizerMethod.choose("sgd", Map.of("nesterov", true, "momentum", 0), groups, torch.root()))
                .hasMessageContaining("nesterov: needs a momentum");
        assertThatThrownBy(() -> OptimizerMethod.choose("adam", Map.of(), groups, torch.root()))
                .hasMessageContaining("there are adamw, sgd, sgd_sai");
        assertThatThrownBy(() -> new ParameterGroup("x", List.of(), -1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
