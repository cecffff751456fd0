package io.graft.engine.methods.peft;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Parameter;
import java.util.List;

/** {@code W x + b + s B A dropout(x)} (Hu et al., arXiv 2106.09685), one native call with its own way back. */
final class LoraLayer implements LowRankLayer {
    private final Linear linear;
    private final Parameter a;
    private final Parameter b;
    private final double scaling;
    private final double dropout;
    private boolean training;

    LoraLayer(Linear linear, Parameter a, Parameter b, double scaling, double dropout) {
        this.linear = linear;
        this.a = a;
        this.b = b;
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
                .tensor("lora", x, base.weight().value(), LowRankLayer.bias(base), a.value(), b.value(), scaling, rate);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(a, b);
    }

    @Override
    public void training(boolean on) {
        training = on;
    }

    @Override
    public Tensor mergedWeight() {
        return linear.weight().value().detach().add(delta());
    }

    @Override
    public Tensor unmergedWeight() {
        return linear.weight().value().detach().sub(delta());
    }
}
