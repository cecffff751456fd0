package io.graft.engine.methods.parametrization;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import org.jspecify.annotations.Nullable;

/** Every factor is 1. */
@Method(
        kind = MethodKind.PARAMETRIZATION,
        name = "standard",
        title = "Standard parametrization",
        paper = "K. He et al., Delving Deep into Rectifiers, arXiv 1502.01852",
        summary = "One learning rate and weight decay for all widths; tune them for each.")
public final class Standard implements ParametrizationMethod<Standard.Params> {
    /** It has none. */
    public record Params() {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public @Nullable Integer baseWidth(Params params) {
        return null;
    }

    @Override
    public Parametrization parametrization(Params params) {
        return new Parametrization() {
            @Override
            public Scale scale(WidthShape parameter, UpdateRule rule) {
                return Scale.ONE;
            }

            @Override
            public double initFactor(WidthShape parameter) {
                return 1;
            }

            @Override
            public double readoutFactor(double multiplier) {
                return 1;
            }

            @Override
            public void requireFits(UpdateRule rule, double rate, double decay) {
                // Every optimizer fits.
            }
        };
    }
}
