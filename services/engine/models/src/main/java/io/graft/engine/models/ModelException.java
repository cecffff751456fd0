package io.graft.engine.models;

import java.util.List;

/** A configuration or checkpoint that does not make a model. The message names every problem and may be shown to a caller. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param problems each with its cure, at least one */
    public ModelException(String source, List<String> problems) {
        super(source + ": " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public ModelException(String source, String problem) {
        this(source, List.of(problem));
    }

    /** Each problem with its cure. */
    public List<String> problems() {
        return problems;
    }
}
