package io.graft.engine.metrics.gate;

/**
 * One condition of the rule, looked at.
 *
 * @param condition the field of the rule: {@code min_abs}, {@code max_regression} or {@code min_effect}
 * @param task where it was looked at: the target, a subset or a retained task
 * @param examples how many there are
 * @param observed the candidate's value for {@code min_abs}, else its gain
 * @param low lower confidence bound of that, with the gate's alpha
 * @param high upper confidence bound of that; its alpha is shared among all conditions
 * @param threshold what must be reached
 * @param state what the bounds show
 * @param examplesNeeded while unknown: about how many examples show the observed value with probability 0.8; else 0
 */
public record Finding(
        String condition,
        String task,
        int examples,
        double observed,
        double low,
        double high,
        double threshold,
        State state,
        long examplesNeeded) {
    /** What the data show about a condition. */
    public enum State {
        /** It holds, beyond the allowed error. */
        HOLDS,
        /** It does not hold, beyond the allowed error. */
        BROKEN,
        /** The data do not say. */
        UNKNOWN
    }

    /** One line for people. */
    public String sentence() {
        String what = switch (state) {
            case HOLDS -> "holds";
            case BROKEN -> "is broken";
            case UNKNOWN -> "is not decided; about " + examplesNeeded + " examples would";
        };
        return "%s on %s %s: observed %.4f, bounds %.4f and %.4f, threshold %.4f"
                .formatted(condition, task, what, observed, low, high, threshold);
    }
}
