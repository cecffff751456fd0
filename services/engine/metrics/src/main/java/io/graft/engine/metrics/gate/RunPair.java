package io.graft.engine.metrics.gate;

import io.graft.engine.metrics.InputCheck;

/**
 * Two runs that may be compared: of one metric, by one evaluator, on the same examples.
 *
 * @param task the name of what is measured: the data set or the benchmark
 */
public record RunPair(String task, EvaluationRun candidate, EvaluationRun baseline) {
    /**
     * @throws GateRefusedException if the runs' data, numbers of examples or evaluators differ
     * @throws io.graft.engine.metrics.MetricInputException if the metrics differ
     */
    public RunPair {
        new InputCheck()
                .require(
                        candidate.metric().equals(baseline.metric()) && candidate.direction() == baseline.direction(),
                        "baseline.metric",
                        "is " + baseline.metric() + ", the candidate's is " + candidate.metric(),
                        "evaluate both models with the same metric")
                .done();
        if (!candidate.dataDigest().equals(baseline.dataDigest())) {
            throw new DifferentDataException(task, candidate, baseline);
        }
        if (!candidate.evaluatorVersion().equals(baseline.evaluatorVersion())) {
            throw new DifferentEvaluatorException(task, candidate, baseline);
        }
        if (candidate.scores().size() != baseline.scores().size()) {
            throw new DifferentSizeException(task, candidate, baseline);
        }
    }

    /** How many examples. */
    public int size() {
        return candidate.scores().size();
    }

    RunPair only(String part, int[] examples) {
        return new RunPair(part, only(candidate, examples), only(baseline, examples));
    }

    private static EvaluationRun only(EvaluationRun run, int[] examples) {
        return new EvaluationRun(
                run.model(),
                run.metric(),
                run.direction(),
                run.dataDigest(),
                run.evaluatorVersion(),
                run.scores().only(examples));
    }
}
