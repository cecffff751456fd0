package io.graft.engine.models;

/** What a model is opened for. */
public enum Task {
    /** Vectors for texts: a {@link TextEncoder}. */
    TEXT_ENCODING,
    /** Classes, or a number, for texts or pairs of texts: a {@link SequenceClassifier}. */
    SEQUENCE_CLASSIFICATION,
    /** The next token: a {@link CausalLm}. */
    CAUSAL_LM,
    /** Classes for images: an {@link ImageClassifier}. */
    IMAGE_CLASSIFICATION
}
