package io.graft.engine.metrics.gate;

/** The runs were scored by different versions of the evaluator. */
public final class DifferentEvaluatorException extends GateRefusedException {
    private static final long serialVersionUID = 1L;

    DifferentEvaluatorException(String task, EvaluationRun candidate, EvaluationRun baseline) {
        super(task + ": " + candidate.model() + " was scored by evaluator " + candidate.evaluatorVersion() + ", "
                + baseline.model() + " by " + baseline.evaluatorVersion()
                + ". Evaluate the older one again with the present evaluator");
    }
}
