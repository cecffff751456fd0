package io.graft.engine.metrics.gate;

/** The runs scored different numbers of examples of the same data. */
public final class DifferentSizeException extends GateRefusedException {
    private static final long serialVersionUID = 1L;

    DifferentSizeException(String task, EvaluationRun candidate, EvaluationRun baseline) {
        super(
                task + ": " + candidate.model() + " has " + candidate.scores().size() + " scores, " + baseline.model()
                        + " has " + baseline.scores().size()
                        + ". Evaluate both on all examples, with the same limit, and score failures instead of leaving them out");
    }
}
