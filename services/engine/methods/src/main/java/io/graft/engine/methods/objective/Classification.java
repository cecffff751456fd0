package io.graft.engine.methods.objective;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;

/** See {@link LabelPrediction}. */
@Method(
        kind = MethodKind.OBJECTIVE,
        name = Classification.NAME,
        title = "Classification",
        paper =
                "J. Devlin et al., BERT: Pre-training of Deep Bidirectional Transformers, arXiv 1810.04805; label smoothing:"
                        + " C. Szegedy et al., arXiv 1512.00567",
        summary = "Cross entropy of one label for a text or an image.")
public final class Classification implements ObjectiveMethod<Classification.Params> {
    static final String NAME = "classification";

    /** See the components' documentation. */
    public record Params(
            @Param(
                    doc = "share of each target that is spread over the labels",
                    byDefault = "0",
                    min = 0,
                    max = 1,
                    belowMax = true)
            double labelSmoothing) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Objective objective(Params params) {
        return new LabelPrediction(NAME, false, params.labelSmoothing());
    }
}
