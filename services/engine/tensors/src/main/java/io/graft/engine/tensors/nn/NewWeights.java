package io.graft.engine.tensors.nn;

import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;

/** Parameters of a new model, trainable, filled from the runtime's seed. They live in the given scope. */
public record NewWeights(Scope home) implements Weights {
    @Override
    public Parameter parameter(String name, Init init, long... shape) {
        return new Parameter(name, filled(name, init, shape), true);
    }

    @Override
    public Parameter buffer(String name, Init init, long... shape) {
        return new Parameter(name, filled(name, init, shape), false);
    }

    private Tensor filled(String name, Init init, long... shape) {
        Tensor value = home.keep(Tensors.empty(home.torch(), DType.F32, shape));
        init.fill(value, name);
        return value;
    }
}
