package io.graft.engine.metrics.gate;

/** Two runs that can't be compared, so that no verdict exists. The message names the cure. */
public abstract sealed class GateRefusedException extends RuntimeException
        permits DifferentDataException, DifferentSizeException, DifferentEvaluatorException {
    private static final long serialVersionUID = 1L;

    GateRefusedException(String message) {
        super(message);
    }
}
