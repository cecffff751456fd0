package io.graft.engine.safetensors.compatibility;

/** Why tensors do not go together. */
public enum ProblemKind {
    /** A model lacks a tensor that another has. */
    MISSING_TENSOR,
    /** Shapes differ. */
    SHAPE_DIFFERS,
    /** Only the number of vocabulary rows differs, and the policy does not allow that. */
    VOCABULARY_DIFFERS,
    /** A dtype without arithmetic differs between the models, or cannot be written. */
    DTYPE_UNSUPPORTED,
    /** A model holds adapter (LoRA) weights instead of full ones. */
    ADAPTER,
    /** No tensor is left to work on. */
    NOTHING_SELECTED
}
