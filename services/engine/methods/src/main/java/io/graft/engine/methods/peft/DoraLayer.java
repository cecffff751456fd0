package io.graft.engine.methods.peft;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code m / |W + s B A| (W x + s B A x) + b} with the norm of each row, which passes no gradient (Liu et al., arXiv
 * 2402.09353, section 4.3). With dropout the whole correction is computed on the dropped input and the base on the whole
 * one, as PEFT does.
 */
final class DoraLayer implements LowRankLayer {
    private final Linear linear;
    private final Parameter a;
    private final Parameter b;
    private final Parameter magnitude;
    private final double scaling;
    private final double dropout;
    private boolean training;
    private @Nullable Tensor mergedFactor;

    DoraLayer(Linear linear, Parameter a, Parameter b, Parameter magnitude, double scaling, double dropout) {
        this.linear = linear;
        this.a = a;
        this.b = b;
        this.magnitude = magnitude;
        this.scaling = scaling;
        this.dropout = dropout;
    }

    @Override
    public Linear linear() {
        return linear;
    }

    @Override
    public Parameter a() {
        return a;
    }

    @Override
    public Parameter b() {
        return b;
    }

    /** m, of shape [out]. */
    Parameter magnitude() {
        return magnitude;
    }

    @Override
    public double scaling() {
        return scaling;
    }

    @Override
    public Tensor forward(Tensor x, Linear base) {
        double rate = training ? dropout : 0;
        if (rate > 0) {
            x.torch().random().next();
        }
        return LowRankLayer.library(base)
                .tensor(
                        "dora",
                        x,
                        base.weight().value(),
                        LowRankLayer.bias(base),
                        a.value(),
                        b.value(),
                        magnitude.value(),
                        scaling,
                        rate);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(a, b, magnitude);
    }

    @Override
    public void training(boolean on) {
        training = on;
    }

    @Override
    public Tensor mergedWeight() {
        Tensor whole = linear.weight().value().detach().add(delta());
        Tensor factor = magnitude.value().detach().div(whole.norm(1, false)).unsqueeze(1);
        if (mergedFactor != null) {
            mergedFactor.close();
        }
        mergedFactor = linear.weight().value().torch().root().keep(factor.copy());
        return whole.mul(factor);
    }

    @Override
    public Tensor unmergedWeight() {
        if (mergedFactor == null) {
            throw new IllegalStateException(linear.name() + " was not merged");
        }
        return linear.weight().value().detach().div(mergedFactor).sub(delta());
    }
}
