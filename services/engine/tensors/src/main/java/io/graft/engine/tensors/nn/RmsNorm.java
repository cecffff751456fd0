package io.graft.engine.tensors.nn;

import io.graft.engine.tensors.Tensor;
import java.util.List;

/** Zhang and Sennrich 2019, over the last dimension. */
public final class RmsNorm implements Module {
    private final String name;
    private final Parameter weight;
    private final double epsilon;

    public RmsNorm(String name, Parameter weight, double epsilon) {
        this.name = name;
        this.weight = weight;
        this.epsilon = epsilon;
    }

    public static RmsNorm of(Weights weights, String name, long size, double epsilon) {
        return new RmsNorm(name, weights.parameter(name + ".weight", Init.ones(), size), epsilon);
    }

    @Override
    public String name() {
        return name;
    }

    public Tensor forward(Tensor x) {
        return Functional.rmsNorm(x, weight.value(), epsilon);
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(weight);
    }
}
