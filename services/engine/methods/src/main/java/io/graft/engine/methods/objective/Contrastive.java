package io.graft.engine.methods.objective;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;

/** See {@link ContrastiveLearning}. */
@Method(
        kind = MethodKind.OBJECTIVE,
        name = Contrastive.NAME,
        title = "Contrastive embeddings",
        paper = "A. van den Oord et al., Representation Learning with Contrastive Predictive Coding, arXiv 1807.03748;"
                + " in-batch negatives: M. Henderson et al., arXiv 1705.00652",
        summary =
                "Brings the embeddings of two texts that belong together near each other and away from the batch's others.",
        notes = "Larger batches give harder negatives; rows of a batch that belong together, too, count as wrong.")
public final class Contrastive implements ObjectiveMethod<Contrastive.Params> {
    static final String NAME = "contrastive";

    /** See the components' documentation. */
    public record Params(
            @Param(
                    doc = "what cosines are divided by; lower makes near negatives count more",
                    byDefault = "0.05",
                    min = 0,
                    aboveMin = true)
            double temperature,

            @Param(doc = "whether the second texts look for the first, too", byDefault = "false")
            boolean symmetric) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Objective objective(Params params) {
        return new ContrastiveLearning(params.temperature(), params.symmetric());
    }
}
