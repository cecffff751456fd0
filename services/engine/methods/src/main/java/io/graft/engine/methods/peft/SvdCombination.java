package io.graft.engine.methods.peft;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The singular value decomposition of {@code sum w s B A}, cut to a rank. */
@Method(
        kind = MethodKind.COMBINATION,
        name = "svd",
        title = "Sum cut by singular values",
        paper = "peft 0.21.2, add_weighted_adapter",
        summary = "The nearest correction of a given rank to the exact weighted sum; exact when the rank suffices.")
public final class SvdCombination implements CombinationMethod<SvdCombination.Params> {
    /** See the components' documentation. */
    public record Params(
            @Param(doc = "rank of the result; the adapters' largest when absent", optional = true, min = 1) @Nullable
            Integer svdRank) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Pair combine(Params params, List<Part> parts) {
        return Mixture.of(Mixture.Space.PRODUCT, params.svdRank(), parts, Mixture::weightedSum);
    }
}
