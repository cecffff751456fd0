package io.graft.engine.methods.peft;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import java.util.List;

/** {@code A = sum sqrt(w s) A_i, B = sum sqrt(w s) B_i}. */
@Method(
        kind = MethodKind.COMBINATION,
        name = "linear",
        title = "Linear combination of factors",
        paper = "peft 0.21.2, add_weighted_adapter",
        summary = "Adds the factors with weights; cheap, and of the adapters' own rank.",
        notes = "Not the weighted sum of the corrections: cross terms come in. Use cat or svd for that.")
public final class LinearCombination implements CombinationMethod<LinearCombination.Params> {
    /** It has none. */
    public record Params() {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public boolean needsEqualRanks(Params params) {
        return true;
    }

    @Override
    public Pair combine(Params params, List<Part> parts) {
        return Mixture.of(Mixture.Space.FACTORS, null, parts, Mixture::weightedSum);
    }
}
