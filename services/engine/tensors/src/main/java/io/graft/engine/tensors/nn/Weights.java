package io.graft.engine.tensors.nn;

/** Where the parameters of a model come from: a checkpoint, or a seed. */
public interface Weights {
    /**
     * A frozen or trainable parameter of type F32.
     *
     * @param name full dotted name
     * @param init how a new model fills it; a checkpoint ignores it
     */
    Parameter parameter(String name, Init init, long... shape);

    /** Whether an optional part is there; a new model has all. */
    default boolean has(String name) {
        return true;
    }

    /** A tensor that is stored with the model but never trained. */
    Parameter buffer(String name, Init init, long... shape);
}
