package io.graft.engine.tensors;

import java.util.ArrayList;
import java.util.List;

/**
 * Gradients of a scalar with respect to some tensors, in their order. They live in the scope that was innermost when they were
 * made.
 *
 * @param values one for each input, of its shape; zeros where the scalar does not depend on the input
 */
public record Gradients(List<Tensor> values) {
    public Gradients {
        values = List.copyOf(values);
    }

    /**
     * Walks back from a scalar loss and frees its graph. Nothing is computed that no input needs.
     *
     * @param inputs leaves that require gradients, at least one
     */
    public static Gradients of(Tensor loss, List<Tensor> inputs) {
        return of(loss, inputs, false);
    }

    /**
     * The same, where {@code differentiable} keeps the graph and records the way back too, for second derivatives.
     *
     * @throws TensorException if the loss is no scalar or depends on no input
     */
    public static Gradients of(Tensor loss, List<Tensor> inputs, boolean differentiable) {
        if (inputs.isEmpty()) {
            throw TensorException.operator("There is nothing to differentiate by: no parameter is trainable");
        }
        List<Tensor> found = library(loss).tensors("grad", loss, inputs, differentiable, differentiable);
        List<Tensor> values = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            Tensor gradient = found.get(i);
            boolean unused = gradient.elements() == 0 && inputs.get(i).elements() > 0;
            values.add(unused ? Tensors.zerosLike(inputs.get(i)) : gradient);
        }
        return new Gradients(values);
    }

    /** Moves all gradients to a scope. */
    public Gradients keepIn(Scope scope) {
        values.forEach(scope::keep);
        return this;
    }

    /** Adds another step's gradients to these, in place. */
    public void accumulate(Gradients other) {
        library(values.getFirst()).run("accumulate_", values, other.values());
    }

    /** Multiplies all, in place. */
    public void scale(double factor) {
        library(values.getFirst()).run("scale_", values, factor);
    }

    /** Euclidean norm over all elements of all gradients; infinite or not a number if one element is. */
    public double globalNorm() {
        try (Scope scope = values.getFirst().torch().scope()) {
            return library(values.getFirst()).tensor("global_norm", values).item();
        }
    }

    /**
     * Scales all so that their global norm is at most {@code most}, as torch.nn.utils.clip_grad_norm_.
     *
     * @return the norm before
     */
    public double clip(double most) {
        if (!(most > 0)) {
            throw TensorException.operator("The greatest norm must be above 0, not " + most);
        }
        try (Scope scope = values.getFirst().torch().scope()) {
            return library(values.getFirst()).tensor("clip_", values, most).item();
        }
    }

    private static OperatorLibrary library(Tensor tensor) {
        return tensor.torch().library(Gradients.class, "training.torchscript");
    }
}
