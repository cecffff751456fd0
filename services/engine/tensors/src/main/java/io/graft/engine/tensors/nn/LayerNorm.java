package io.graft.engine.tensors.nn;

import io.graft.engine.tensors.Tensor;
import java.util.List;

/** Ba et al. 2016, over the last dimension. */
public final class LayerNorm implements Module {
    private final String name;
    private final Parameter weight;
    private final Parameter bias;
    private final double epsilon;

    public LayerNorm(String name, Parameter weight, Parameter bias, double epsilon) {
        this.name = name;
        this.weight = weight;
        this.bias = bias;
        this.epsilon = epsilon;
    }

    public static LayerNorm of(Weights weights, String name, long size, double epsilon) {
        return new LayerNorm(
                name,
                weights.parameter(name + ".weight", Init.ones(), size),
                weights.parameter(name + ".bias", Init.zeros(), size),
                epsilon);
    }

    @Override
    public String name() {
        return name;
    }

    public Tensor forward(Tensor x) {
        return Functional.layerNorm(x, weight.value(), bias.value(), epsilon);
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(weight, bias);
    }
}
