package io.graft.engine.methods.peft;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.NewWeights;
import io.graft.engine.tensors.nn.Parameter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A forward and backward pass of one adapted layer takes no longer than PEFT's, on one thread; see the opt-in there. */
@EnabledIfSystemProperty(named = "graft.models", matches = "true")
class LoraSpeedTest {
    private static final int ROUNDS = 300;

    @BeforeAll
    static void environment() throws IOException, InterruptedException {
        PeftEnvironment.prepare();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora", "dora"})
    void noSlowerThanPeft(String variant) throws IOException, InterruptedException {
        double own = Double.MAX_VALUE;
        double pefts = Double.MAX_VALUE;
        for (int turn = 0; turn < 3; turn++) {
            own = Math.min(own, least(variant.equals("dora")));
            pefts = Math.min(pefts, pefts(variant));
        }

        assertThat(own).as("milliseconds, PEFT takes %s", pefts).isLessThan(1.05 * pefts);
    }

    private static double pefts(String variant) throws IOException, InterruptedException {
        String text = PeftEnvironment.python("peft_speed.py", variant, String.valueOf(ROUNDS));
        return text.lines()
                .filter(line -> line.startsWith("MILLISECONDS "))
                .mapToDouble(line -> Double.parseDouble(line.substring("MILLISECONDS ".length())))
                .findFirst()
                .orElseThrow();
    }

    private static double least(boolean dora) {
        try (Torch torch = Torch.open(TorchSettings.threads(1).withSeed(1))) {
            Linear linear = Linear.of(new NewWeights(torch.root()), "proj", 768, 768, true, Init.fanIn(768));
            FineTuning tuning = AdapterMethod.choose(
                    "lora",
                    Map.of("r", 8, "alpha", 16, "use_dora", dora, "target_modules", List.of("proj")),
                    new OneLinear(linear).base(),
                    torch.root(),
                    List.of());
            linear.training(true);
            Tensor x = torch.root().keep(Tensors.zeros(torch, DType.F32, 256, 768));
            new Init.Normal(1).fill(x, "x");
            x.requireGradient(true);
            List<Tensor> inputs = new ArrayList<>(List.of(x));
            tuning.parameters().stream().map(Parameter::value).forEach(inputs::add);
            double least = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long begin = System.nanoTime();
                try (Scope scope = torch.scope()) {
                    Gradients.of(linear.forward(x).sum(), inputs);
                }
                least = Math.min(least, (System.nanoTime() - begin) / 1e6);
            }
            return least;
        }
    }
}
