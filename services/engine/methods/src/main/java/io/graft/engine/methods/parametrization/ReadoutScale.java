package io.graft.engine.methods.parametrization;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.LinearAdapter;
import io.graft.engine.tensors.nn.Parameter;
import java.util.List;

/** Multiplies an output layer's input, {@code W (f x) + b}. */
final class ReadoutScale implements LinearAdapter {
    private final double factor;

    ReadoutScale(double factor) {
        this.factor = factor;
    }

    @Override
    public Tensor forward(Tensor x, Linear base) {
        return base.base(x.mul(factor));
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }
}
