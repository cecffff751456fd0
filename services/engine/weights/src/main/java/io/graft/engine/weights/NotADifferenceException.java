package io.graft.engine.weights;

/** Weights were given as a stored difference, but are none. */
public final class NotADifferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotADifferenceException(String file, String why) {
        super(file + " is not a stored difference: " + why + ". Extract one from a base and its fine-tuned model");
    }
}
