package io.graft.engine.metrics.gate;

/** The runs saw different examples. */
public final class DifferentDataException extends GateRefusedException {
    private static final long serialVersionUID = 1L;

    DifferentDataException(String task, EvaluationRun candidate, EvaluationRun baseline) {
        super(task + ": " + candidate.model() + " was evaluated on data " + candidate.dataDigest() + ", "
                + baseline.model() + " on " + baseline.dataDigest()
                + ". Evaluate both on the same version of the data set");
    }
}
