package io.graft.engine.methods.peft;

/** What is wrong with an adapter; the stable part of an {@link AdapterException}. */
public enum AdapterProblem {
    /** The configuration is not the JSON object that PEFT writes. */
    CONFIG_MALFORMED,
    /** The configuration asks for something that Graft does not do. */
    CONFIG_UNSUPPORTED,
    /** A setting is out of its range, or two settings exclude each other. */
    CONFIG_VALUE,
    /** The targets match no module of the model. */
    NO_TARGET,
    /** One of A and B is missing. */
    PARTNER_MISSING,
    /** A tensor does not fit the model or its partner. */
    SHAPE,
    /** A tensor holds NaN or infinity. */
    NOT_FINITE,
    /** A tensor belongs to nothing that the configuration names. */
    UNKNOWN_TENSOR,
    /** The model lacks a module that the adapter has tensors for. */
    UNKNOWN_MODULE,
    /** The weights are a Python pickle, which can run code when read. */
    PICKLE_REFUSED,
    /** There are no weights, or no configuration, where they should be. */
    MISSING_FILE,
    /** The adapters cannot be combined in that way. */
    COMBINATION,
    /** Merging would write numbers that are not finite. */
    MERGE_NOT_FINITE,
    /** It is merged already, or not merged yet. */
    MERGE_STATE
}
