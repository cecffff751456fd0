package io.graft.engine.weights.diagnostics;

/** Which models an operation could look at: a stored difference has no base, an extraction no target. */
public enum ModelSides {
    BASE_TUNED_TARGET,
    DIFFERENCE_TARGET,
    BASE_TUNED;

    boolean hasBase() {
        return this != DIFFERENCE_TARGET;
    }

    boolean hasTarget() {
        return this != BASE_TUNED;
    }
}
