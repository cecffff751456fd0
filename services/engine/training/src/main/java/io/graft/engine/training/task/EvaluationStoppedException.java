package io.graft.engine.training.task;

/** A measurement was left because somebody asked to. */
public final class EvaluationStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Somebody asked. */
    public EvaluationStoppedException() {
        super("The evaluation was stopped");
    }
}
