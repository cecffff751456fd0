package io.graft.engine.methods.peft;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drops elements at random, scales the rest up, and adds them with weights. */
@Method(
        kind = MethodKind.COMBINATION,
        name = "dare_linear",
        title = "DARE, added",
        paper = "L. Yu et al., Language Models are Super Mario, arXiv 2311.03099",
        summary = "A weighted sum of random shares of each adapter, scaled so that the mean stays.",
        notes = "With product false the factors are mixed apart, as in PEFT: cross terms come in.")
public final class DareLinearCombination implements CombinationMethod<DareLinearCombination.Params> {
    /** See the components' documentation. */
    public record Params(
            @Param(doc = "share of elements that is kept", byDefault = "0.5", min = 0, aboveMin = true, max = 1)
            double density,

            @Param(doc = "where the random choice starts", byDefault = "0")
            long seed,

            @Param(
                    doc = "whether the corrections themselves are mixed and then cut to a rank, and not their factors",
                    byDefault = "false")
            boolean product,

            @Param(
                    doc = "rank of the result when product is true; the adapters' largest when absent",
                    optional = true,
                    min = 1)
            @Nullable
            Integer svdRank) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public boolean needsEqualRanks(Params params) {
        return !params.product();
    }

    @Override
    public @Nullable Long seed(Params params) {
        return params.seed();
    }

    @Override
    public Pair combine(Params params, List<Part> parts) {
        Mixture.Space space = params.product() ? Mixture.Space.PRODUCT : Mixture.Space.FACTORS;
        return Mixture.of(
                space,
                params.svdRank(),
                parts,
                (tensors, weights) -> Mixture.weightedSum(Mixture.random(tensors, params.density()), weights));
    }
}
