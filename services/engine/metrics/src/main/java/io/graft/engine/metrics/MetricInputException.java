package io.graft.engine.metrics;

import java.util.List;
import java.util.stream.Collectors;

/** Input that a metric is not defined on. Names every bad field at once, and the cure of each. */
public final class MetricInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * One bad field.
     *
     * @param field the name of the argument, with an index where it has many entries, such as {@code labels[3]}
     * @param what what is wrong with it
     * @param cure what to do, as an imperative
     */
    public record Problem(String field, String what, String cure) {
        @Override
        public String toString() {
            return field + " " + what + ": " + cure;
        }
    }

    MetricInputException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order in which it was found. */
    public List<Problem> problems() {
        return problems;
    }
}
