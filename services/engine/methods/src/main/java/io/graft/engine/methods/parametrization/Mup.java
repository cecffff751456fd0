package io.graft.engine.methods.parametrization;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;
import org.jspecify.annotations.Nullable;

/**
 * Maximal update parametrization as microsoft/mup has it (table 8 of the paper): with m the width over the base width,
 * hidden matrices learn at 1/m under Adam with a weight decay of m, vectors as at the base; the readout's input is divided
 * by m and its initial weights multiplied by sqrt(m). Under SGD vectors learn at m with a decay of 1/m, matrices at the
 * outputs' m over the inputs'.
 */
@Method(
        kind = MethodKind.PARAMETRIZATION,
        name = "mup",
        title = "Maximal update parametrization (muP)",
        paper = "G. Yang et al., Tensor Programs V: Tuning Large Neural Networks via Zero-Shot Hyperparameter Transfer,"
                + " arXiv 2203.03466",
        summary = "Carries the best learning rate of a narrow model to a wide one.",
        notes = {
            "Measured on a small network from width 32 to 512: the best rate moved by 1 octave, by 3 in the standard"
                    + " parametrization; the standard one, tuned at its width, still reached the lower loss.",
            "Attention keeps its usual scale: let the number of heads grow with width, not their size.",
            "It rescales what the model's own initialization drew; a checkpoint must not be rescaled again."
        })
public final class Mup implements ParametrizationMethod<Mup.Params> {
    /** See the components' documentation. */
    public record Params(
            @Param(doc = "width of the model that the rate was tuned on", min = 1)
            int baseWidth,

            @Param(doc = "further factor on the output layer's input", byDefault = "1", min = 0, aboveMin = true)
            double outputMult,

            @Param(
                    doc = "whether hidden matrices' weight decay grows as their rate shrinks, as in microsoft/mup",
                    byDefault = "true")
            boolean scaleDecay) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public @Nullable Integer baseWidth(Params params) {
        return params.baseWidth();
    }

    @Override
    public Parametrization parametrization(Params params) {
        return new Rules(params);
    }

    private record Rules(Params params) implements Parametrization {
        @Override
        public Scale scale(WidthShape parameter, UpdateRule rule) {
            return switch (rule) {
                case ADAPTIVE -> adaptive(parameter);
                case PROPORTIONAL -> proportional(parameter);
            };
        }

        private Scale adaptive(WidthShape parameter) {
            double m = parameter.multiplier();
            return parameter.growing() < 2 ? Scale.ONE : new Scale(1 / m, params.scaleDecay() ? m : 1);
        }

        private static Scale proportional(WidthShape parameter) {
            double factor = switch (parameter.growing()) {
                case 0 -> 1;
                case 1 -> parameter.multiplier();
                default -> 1 / parameter.inputsOverOutputs();
            };
            return new Scale(factor, 1 / factor);
        }

        @Override
        public double initFactor(WidthShape parameter) {
            return parameter.readout() ? Math.sqrt(parameter.multiplier()) : 1;
        }

        @Override
        public double readoutFactor(double multiplier) {
            return params.outputMult() / multiplier;
        }

        @Override
        public void requireFits(UpdateRule rule, double rate, double decay) {
            // The table has a column for each rule.
        }
    }
}
