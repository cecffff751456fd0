package io.graft.engine.methods.schedule;

import java.util.Map;

/** A schedule that follows a metric, and so has a state that a checkpoint must keep. Not thread-safe. */
public interface FeedbackSchedule extends Schedule {
    /**
     * Takes the metric of an evaluation.
     *
     * @throws IllegalArgumentException if it is NaN
     */
    void observe(double metric);

    /** Everything it remembers, by name. */
    Map<String, Double> state();

    /**
     * Continues from a state.
     *
     * @throws IllegalArgumentException if the state is not of this kind of schedule
     */
    void restore(Map<String, Double> state);
}
