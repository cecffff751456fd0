package io.graft.engine.methods.peft;

import io.graft.engine.tensors.OperatorLibrary;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.LinearAdapter;
import io.graft.engine.tensors.nn.Parameter;
import java.util.List;

/** An adapter of one linear layer: factors A [r, in] and B [out, r]. */
public sealed interface LowRankLayer extends LinearAdapter permits LoraLayer, DoraLayer {
    /** The layer it adapts. */
    Linear linear();

    /** A, of shape [r, in]. */
    Parameter a();

    /** B, of shape [out, r]. */
    Parameter b();

    /** The factor on BA. */
    double scaling();

    /** r. */
    default int rank() {
        return (int) a().value().size(0);
    }

    /** {@code scaling B A}, of the weight's shape, outside of any graph. */
    default Tensor delta() {
        return library(linear())
                .tensor("delta", a().value().detach(), b().value().detach(), scaling());
    }

    /** The weight that makes the layer do alone what it does with this adapter. The base must not be merged. */
    Tensor mergedWeight();

    /** The weight before the merge, from the merged one; exact to rounding. */
    Tensor unmergedWeight();

    /** The library of the runtime that a layer belongs to. */
    static OperatorLibrary library(Linear linear) {
        return linear.weight().value().torch().library(LowRankLayer.class, "lora.torchscript");
    }

    /** The layer's bias as TorchScript takes it. */
    static List<Tensor> bias(Linear linear) {
        Parameter bias = linear.bias();
        return bias == null ? List.of() : List.of(bias.value());
    }
}
