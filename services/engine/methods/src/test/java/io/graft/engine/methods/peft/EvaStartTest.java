package io.graft.engine.methods.peft;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.NewWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaStartTest {
    private final Torch torch = Torch.open(TorchSettings.threads(1).withSeed(2));

    @AfterEach
    void close() {
        torch.close();
    }

    private record Two(Linear narrow, Linear wide) implements Module {
        @Override
        public String name() {
            return "";
        }

        @Override
        public List<? extends Module> children() {
            return List.of(narrow, wide);
        }
    }

    /** 64 rows of four inputs with the given spreads around 5. */
    private Tensor inputs(double... spreads) {
        float[] rows = new float[64 * 4];
        for (int row = 0; row < 64; row++) {
            for (int column = 0; column < 4; column++) {
                int sign = ((row >> column) & 1) == 0 ? 1 : -1;
                rows[row * 4 + column] = (float) (5 + sign * spreads[column]);
            }
        }
        return Tensors.of(torch, rows, 64, 4);
    }

    @Test
    void directionsAreThePrincipalOnesAndRanksGoWhereTheyExplainMost() {
        NewWeights weights = new NewWeights(torch.root());
        Two model = new Two(
                Linear.of(weights, "narrow", 4, 6, false, Init.fanIn(4)),
                Linear.of(weights, "wide", 4, 6, false, Init.fanIn(4)));
        List<Runnable> samples = List.of(() -> {
            model.narrow().forward(inputs(0.01, 3, 0.01, 0.01));
            model.wide().forward(inputs(1, 1.1, 1.2, 1.3));
        });

        FineTuning tuning = AdapterMethod.choose(
                "lora",
                Map.of("r", 2, "alpha", 6, "init", "eva", "target_modules", "all-linear"),
                new BaseModel(model, "llama", Set.of(), null, null),
                torch.root(),
                samples);

        assertThat(tuning).isInstanceOfSatisfying(FineTuning.Adapted.class, adapted -> {
            List<LowRankLayer> layers =
                    new ArrayList<>(adapted.adapter().layers().values());
            assertThat(layers).extracting(LowRankLayer::rank).containsExactly(1, 3);
            assertThat(layers).extracting(LowRankLayer::scaling).containsOnly(3.0);
            float[] direction = layers.getFirst().a().value().detach().toFloats();
            assertThat(Math.abs(direction[1])).isGreaterThan(0.999f);
            float[] second = layers.getLast().a().value().detach().toFloats();
            assertThat(Math.abs(second[3])).isGreaterThan(0.999f);
            assertThat(Math.abs(second[4 + 2])).isGreaterThan(0.999f);
            assertThat(adapted.adapter().config().rankPattern())
                    .containsEntry("narrow", 1)
                    .containsEntry("wide", 3);
        });
        assertThat(model.narrow().adapter()).isInstanceOf(LoraLayer.class);
    }
}
