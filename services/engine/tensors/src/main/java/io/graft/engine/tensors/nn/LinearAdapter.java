package io.graft.engine.tensors.nn;

import io.graft.engine.tensors.Tensor;
import java.util.List;

/** Takes over the forward pass of a linear layer, as LoRA does. */
public interface LinearAdapter {
    /** The layer's output; the layer without its adapter is {@link Linear#base}. */
    Tensor forward(Tensor x, Linear base);

    /** What the adapter trains or stores. */
    List<Parameter> parameters();

    /** Switches the adapter's dropout. */
    default void training(boolean on) {}
}
