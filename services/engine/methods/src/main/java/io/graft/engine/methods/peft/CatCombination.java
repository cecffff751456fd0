package io.graft.engine.methods.peft;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import java.util.List;

/** {@code A = [w1 s1 A1; w2 s2 A2; ...], B = [B1, B2, ...]}: exactly {@code sum w s B A}. */
@Method(
        kind = MethodKind.COMBINATION,
        name = "cat",
        title = "Concatenation",
        paper = "peft 0.21.2, add_weighted_adapter",
        summary = "The exact weighted sum of the corrections; its rank is the sum of the ranks.",
        notes = "A weight of -1 subtracts an adapter.")
public final class CatCombination implements CombinationMethod<CatCombination.Params> {
    /** It has none. */
    public record Params() {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Pair combine(Params params, List<Part> parts) {
        List<Tensor> a = parts.stream().map(part -> part.a().mul(part.share())).toList();
        return new Pair(
                Tensors.concat(a, 0), Tensors.concat(parts.stream().map(Part::b).toList(), 1));
    }
}
