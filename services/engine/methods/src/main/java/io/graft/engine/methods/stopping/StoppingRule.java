package io.graft.engine.methods.stopping;

import java.util.Map;

/** Watches the evaluations of one run. Not thread-safe. */
public interface StoppingRule {
    /** The metric it looks at. */
    String metric();

    /**
     * Takes the metric of an evaluation.
     *
     * @throws IllegalArgumentException if it is NaN: a run whose metric is not a number has diverged
     */
    Verdict observe(double metric);

    /** Everything it remembers, by name. */
    Map<String, Double> state();

    /** Continues from a state of the same rule. */
    void restore(Map<String, Double> state);

    /**
     * What an evaluation means.
     *
     * @param best whether it is the best so far, so that its weights are the ones to keep
     * @param stop whether the run should end
     */
    record Verdict(boolean best, boolean stop) {}
}
