package io.graft.engine.tensors.nn;

import io.graft.engine.tensors.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code x W^T + b}, with a place for an adapter. */
public final class Linear implements Module {
    private final String name;
    private final Parameter weight;
    private final @Nullable Parameter bias;
    private @Nullable LinearAdapter adapter;

    public Linear(String name, Parameter weight, @Nullable Parameter bias) {
        this.name = name;
        this.weight = weight;
        this.bias = bias;
    }

    /** A layer whose weight is {@code name.weight} [out, in] and whose bias is {@code name.bias} [out]. */
    public static Linear of(Weights weights, String name, long in, long out, boolean bias, Init init) {
        return new Linear(
                name,
                weights.parameter(name + ".weight", init, out, in),
                bias ? weights.parameter(name + ".bias", Init.zeros(), out) : null);
    }

    @Override
    public String name() {
        return name;
    }

    /** [out, in]. */
    public Parameter weight() {
        return weight;
    }

    /** [out], or null. */
    public @Nullable Parameter bias() {
        return bias;
    }

    public long inputs() {
        return weight.value().size(1);
    }

    public long outputs() {
        return weight.value().size(0);
    }

    public @Nullable LinearAdapter adapter() {
        return adapter;
    }

    /** Sets the adapter, or takes it away with null. */
    public void setAdapter(@Nullable LinearAdapter adapter) {
        this.adapter = adapter;
    }

    public Tensor forward(Tensor x) {
        return adapter == null ? base(x) : adapter.forward(x, this);
    }

    /** The layer without its adapter. */
    public Tensor base(Tensor x) {
        return Functional.linear(x, weight.value(), bias == null ? null : bias.value());
    }

    @Override
    public void training(boolean on) {
        if (adapter != null) {
            adapter.training(on);
        }
    }

    @Override
    public List<Parameter> ownStored() {
        return bias == null ? List.of(weight) : List.of(weight, bias);
    }

    @Override
    public List<Parameter> ownParameters() {
        List<Parameter> own = new ArrayList<>(ownStored());
        if (adapter != null) {
            own.addAll(adapter.parameters());
        }
        return own;
    }
}
