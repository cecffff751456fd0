package io.graft.engine.methods.parametrization;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.MethodParameterException;
import io.graft.platform.methods.Param;
import org.jspecify.annotations.Nullable;

/**
 * muP's rates with a weight decay that grows as the square root of width: matrices {@code lr/m, wd m^0.5}, everything else
 * {@code lr, 0}, so that the largest singular value of each matrix keeps its size at AdamW's steady state.
 */
@Method(
        kind = MethodKind.PARAMETRIZATION,
        name = MupLayerwiseDecay.NAME,
        title = "muP with layerwise weight decay",
        paper = "Robust Layerwise Scaling Rules by Proper Weight Decay Tuning, arXiv 2510.15262",
        summary = "Carries learning rate and weight decay of a narrow model to a wide one, for AdamW.",
        notes = {
            "Holds at the steady state, after about 3/(lr wd) steps; that takes sqrt(m) times longer at width m.",
            "On a small model the paper's law for singular values was seen with noisy gradients only."
        })
public final class MupLayerwiseDecay implements ParametrizationMethod<MupLayerwiseDecay.Params> {
    static final String NAME = "mup_layerwise_wd";

    /** See the components' documentation. */
    public record Params(
            @Param(doc = "width of the model that rate and decay were tuned on", min = 1)
            int baseWidth,

            @Param(doc = "exponent of the width in the weight decay", byDefault = "0.5", min = 0, max = 1)
            double decayExponent) {}

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
        return new Rules(params, new Mup().parametrization(new Mup.Params(params.baseWidth(), 1, true)));
    }

    private record Rules(Params params, Parametrization mup) implements Parametrization {
        @Override
        public Scale scale(WidthShape parameter, UpdateRule rule) {
            double m = parameter.multiplier();
            boolean matrix = parameter.growing() == 2;
            return matrix ? new Scale(1 / m, Math.pow(m, params.decayExponent())) : new Scale(1, 0);
        }

        @Override
        public double initFactor(WidthShape parameter) {
            return mup.initFactor(parameter);
        }

        @Override
        public double readoutFactor(double multiplier) {
            return mup.readoutFactor(multiplier);
        }

        @Override
        public void requireFits(UpdateRule rule, double rate, double decay) {
            if (rule != UpdateRule.ADAPTIVE) {
                throw new MethodParameterException(
                        NAME, "optimizer", "the rule is for decoupled weight decay; use adamw");
            }
            if (!(decay > 0)) {
                throw new MethodParameterException(
                        NAME, "weight_decay", "without one there is no steady state; give the base model's");
            }
            if (rate * decay >= 1) {
                throw new MethodParameterException(
                        NAME, "weight_decay", "times lr it is " + rate * decay + "; weights would vanish in one step");
            }
        }
    }
}
