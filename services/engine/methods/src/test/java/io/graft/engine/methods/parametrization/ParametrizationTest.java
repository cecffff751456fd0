package io.graft.engine.methods.parametrization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.methods.Oracle;
import io.graft.engine.methods.optimizer.ParameterGroup;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.NewWeights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametrizationTest {
    /** The oracle's network at a width. */
    private static Map<String, long[]> shapes(long w) {
        return Map.of(
                "emb.weight", new long[] {w, 16},
                "emb.bias", new long[] {w},
                "up.weight", new long[] {4 * w, w},
                "up.bias", new long[] {4 * w},
                "down.weight", new long[] {w, 4 * w},
                "ln.weight", new long[] {w},
                "ln.bias", new long[] {w},
                "out.weight", new long[] {10, w},
                "out.bias", new long[] {10});
    }

    private static WidthShape shape(String name) {
        Map<String, long[]> wide = shapes(256);
        Map<String, long[]> base = shapes(64);
        return WidthShape.of(
                name,
                wide.getOrDefault(name, new long[0]),
                base.getOrDefault(name, new long[0]),
                name.startsWith("out."));
    }

    private static Parametrization mup(Map<String, Object> more) {
        Map<String, Object> params = new HashMap<>(more);
        params.put("base_width", 64);
        return ParametrizationMethod.choose("mup", params).parametrization();
    }

    @ParameterizedTest
    @CsvSource({"MuAdamW, ADAPTIVE, true", "MuAdamW_decoupled_wd, ADAPTIVE, false", "MuSGD, PROPORTIONAL, true"})
    void ratesAndDecaysAreMicrosofts(String optimizer, UpdateRule rule, boolean scaleDecay) {
        JsonNode expected =
                Oracle.of("training.json", "mup_multipliers_w256_base64").get("expected");

        shapes(256).keySet().forEach(name -> {
            Parametrization.Scale scale = mup(Map.of("scale_decay", scaleDecay)).scale(shape(name), rule);
            JsonNode factors = expected.get(optimizer).get(name);
            assertThat(scale.rate()).as(name).isCloseTo(factors.get("lr").asDouble(), within(1e-12));
            assertThat(scale.decay())
                    .as(name)
                    .isCloseTo(factors.get("weight_decay").asDouble(), within(1e-12));
            if (expected.get("ninf").has(name)) {
                assertThat(shape(name).growing())
                        .isEqualTo(expected.get("ninf").get(name).asInt());
                assertThat(shape(name).multiplier())
                        .isEqualTo(expected.get("width_mult").get(name).asDouble());
            }
        });
        assertThat(mup(Map.of()).readoutFactor(4))
                .isEqualTo(expected.get("readout_input_multiplier").asDouble());
    }

    @Test
    void initialWeightsAreMicrosofts() {
        JsonNode expected =
                Oracle.of("training.json", "mup_init_rescale_w256_base64").get("expected");

        expected.fieldNames()
                .forEachRemaining(name -> assertThat(mup(Map.of()).initFactor(shape(name)))
                        .isCloseTo(expected.get(name).asDouble(), within(1e-6)));
    }

    @ParameterizedTest
    @CsvSource({"1", "4", "16"})
    void layerwiseDecayIsThePapersRule(int m) {
        JsonNode oracle = Oracle.of("training.json", "layerwise_wd_rule");
        JsonNode expected = oracle.get("expected").get(String.valueOf(m));
        Parametrization rules = ParametrizationMethod.choose("mup_layerwise_wd", Map.of("base_width", 64))
                .parametrization();
        WidthShape matrix = WidthShape.of("w", new long[] {64L * m, 64L * m}, new long[] {64, 64}, false);
        WidthShape vector = WidthShape.of("b", new long[] {64L * m}, new long[] {64}, false);
        double rate = oracle.get("input").get("base_lr").asDouble();
        double decay = oracle.get("input").get("base_wd").asDouble();

        if (m > 1) {
            Parametrization.Scale scale = rules.scale(matrix, UpdateRule.ADAPTIVE);
            assertThat(rate * scale.rate())
                    .isCloseTo(expected.get("matrix").get("lr").asDouble(), within(1e-12));
            assertThat(decay * scale.decay())
                    .isCloseTo(expected.get("matrix").get("weight_decay").asDouble(), within(1e-12));
        }
        Parametrization.Scale scale = rules.scale(vector, UpdateRule.ADAPTIVE);
        assertThat(rate * scale.rate())
                .isEqualTo(expected.get("vector").get("lr").asDouble());
        assertThat(decay * scale.decay()).isEqualTo(0.0);
    }

    @Test
    void aModelIsRescaledOnceTrainsInGroupsAndFoldsItsReadout() {
        try (Torch torch = Torch.open(TorchSettings.threads(1).withSeed(1))) {
            TwoLayers base = TwoLayers.of(torch, 8);
            TwoLayers wide = TwoLayers.of(torch, 32);
            float drawn = wide.out().weight().value().detach().toFloats()[0];
            ScaledModel scaled = new ScaledModel(wide, mup(Map.of()), ScaledModel.shapesOf(base), "out");

            scaled.initialise();

            assertThat(wide.out().weight().value().detach().toFloats()[0]).isCloseTo(2 * drawn, within(1e-6f));
            assertThatThrownBy(scaled::initialise).hasMessageContaining("rescaled already");
            assertThat(scaled.groups(UpdateRule.ADAPTIVE))
                    .extracting(ParameterGroup::rateFactor, ParameterGroup::decayFactor)
                    .containsExactly(tuple(1.0, 1.0), tuple(0.25, 4.0), tuple(1.0, 0.0));
            Tensor x = Tensors.of(torch, new float[] {1, -2, 0.5f, 3}, 1, 4);
            float[] before = wide.forward(x).detach().toFloats();
            scaled.fold();
            assertThat(wide.forward(x).detach().toFloats()).containsExactly(before, within(1e-6f));
            assertThat(wide.out().adapter()).isNull();
        }
    }

    @Test
    void aReadoutThatSharesItsWeightIsRefused() {
        try (Torch torch = Torch.open(TorchSettings.threads(1).withSeed(1))) {
            TwoLayers model = TwoLayers.of(torch, 4);
            TwoLayers tied = new TwoLayers(
                    model.in(), model.hidden(), new Linear("out", model.in().weight(), null));

            assertThatThrownBy(() -> new ScaledModel(tied, mup(Map.of()), ScaledModel.shapesOf(tied), "out"))
                    .hasMessageContaining("out shares its weight with in.weight");
            assertThatThrownBy(() -> new ScaledModel(model, mup(Map.of()), Map.of(), "out"))
                    .hasMessageContaining("is not in the base model");
            assertThatThrownBy(() -> new ScaledModel(model, mup(Map.of()), ScaledModel.shapesOf(model), "head"))
                    .hasMessageContaining("no linear module head");
        }
    }

    @Test
    void whatTheRulesDoNotCoverIsRefused() {
        Parametrization rules = ParametrizationMethod.choose("mup_layerwise_wd", Map.of("base_width", 64))
                .parametrization();
        assertThatThrownBy(() -> rules.requireFits(UpdateRule.PROPORTIONAL, 0.1, 0.1))
                .hasMessageContaining("adamw");
        assertThatThrownBy(() -> rules.requireFits(UpdateRule.ADAPTIVE, 0.1, 0)).hasMessageContaining("steady state");
        assertThatThrownBy(() -> rules.requireFits(UpdateRule.ADAPTIVE, 1, 1)).hasMessageContaining("vanish");
        assertThatThrownBy(() -> WidthShape.of("k", new long[] {2, 2, 2}, new long[] {1, 1, 1}, false))
                .hasMessageContaining("at most two");
        assertThatThrownBy(() -> WidthShape.of("k", new long[] {2, 2}, new long[] {1}, false))
                .hasMessageContaining("more than width");
        assertThatThrownBy(() -> ParametrizationMethod.choose("mup", Map.of())).hasMessageContaining("base_width");
        assertThat(ParametrizationMethod.choose("standard", Map.of())
                        .parametrization()
                        .scale(shape("up.weight"), UpdateRule.ADAPTIVE))
                .isEqualTo(Parametrization.Scale.ONE);
    }

    private record TwoLayers(Linear in, Linear hidden, Linear out) implements Module {
        static TwoLayers of(Torch torch, long width) {
            NewWeights weights = new NewWeights(torch.root());
            Init init = new Init.Normal(0.1);
            return new TwoLayers(
                    Linear.of(weights, "in", 4, width, false, init),
                    Linear.of(weights, "hidden", width, width, true, init),
                    Linear.of(weights, "out", width, 3, false, init));
        }

        Tensor forward(Tensor x) {
            return out.forward(hidden.forward(in.forward(x)));
        }

        @Override
        public String name() {
            return "";
        }

        @Override
        public List<? extends Module> children() {
            return List.of(in, hidden, out);
        }
    }
}
