package io.graft.engine.tensors.nn;

import io.graft.engine.tensors.Tensor;

/** A named leaf of a model. Optimizers change the value in place. */
public final class Parameter {
    private final String name;
    private final Tensor value;
    private boolean trainable;

    /**
     * Names a tensor that outlives the model.
     *
     * @param name full dotted name, as in the checkpoint
     * @param trainable whether gradients are recorded; only for floating types
     */
    public Parameter(String name, Tensor value, boolean trainable) {
        this.name = name;
        this.value = value;
        setTrainable(trainable);
    }

    /** Full dotted name, as in the checkpoint. */
    public String name() {
        return name;
    }

    /** The values. */
    public Tensor value() {
        return value;
    }

    /** Whether gradients are recorded. */
    public boolean trainable() {
        return trainable;
    }

    /** Freezes or thaws it. */
    public void setTrainable(boolean on) {
        value.requireGradient(on);
        trainable = on;
    }

    @Override
    public String toString() {
        return name + " " + value;
    }
}
