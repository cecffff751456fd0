package io.graft.engine.tensors.nn;

import io.graft.engine.tensors.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A convolution over [batch, channels, height, width] with a square kernel. */
public final class Conv2d implements Module {
    private final String name;
    private final Parameter weight;
    private final @Nullable Parameter bias;
    private final long stride;
    private final long padding;

    public Conv2d(String name, Parameter weight, @Nullable Parameter bias, long stride, long padding) {
        this.name = name;
        this.weight = weight;
        this.bias = bias;
        this.stride = stride;
        this.padding = padding;
    }

    @Override
    public String name() {
        return name;
    }

    /** [out, in, kernel, kernel]. */
    public Parameter weight() {
        return weight;
    }

    public Tensor forward(Tensor x) {
        return Functional.conv2d(x, weight.value(), bias == null ? null : bias.value(), stride, padding, 1);
    }

    @Override
    public List<Parameter> ownParameters() {
        return bias == null ? List.of(weight) : List.of(weight, bias);
    }
}
