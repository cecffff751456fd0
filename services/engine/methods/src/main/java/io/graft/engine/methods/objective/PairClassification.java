package io.graft.engine.methods.objective;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;

/** See {@link LabelPrediction}. */
@Method(
        kind = MethodKind.OBJECTIVE,
        name = PairClassification.NAME,
        title = "Classification of pairs",
        paper =
                "J. Devlin et al., BERT: Pre-training of Deep Bidirectional Transformers, arXiv 1810.04805; label smoothing:"
                        + " C. Szegedy et al., arXiv 1512.00567",
        summary = "Cross entropy of one label for two texts, joined by a separator: entailment, duplicates, answers.",
        notes = "Split by group where pairs share a text, or the held-out metric is too good.")
public final class PairClassification implements ObjectiveMethod<PairClassification.Params> {
    static final String NAME = "pair_classification";

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
        return new LabelPrediction(NAME, true, params.labelSmoothing());
    }
}
