package io.graft.engine.methods.peft;

import java.util.List;

/** An adapter that cannot be used. The message names what is wrong and the cure; safe to show to a caller. */
public final class AdapterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final AdapterProblem problem;

    /** One thing that is wrong. */
    public AdapterException(AdapterProblem problem, String message) {
        super(message);
        this.problem = problem;
    }

    /** Everything that is wrong, of one kind. */
    AdapterException(AdapterProblem problem, List<String> messages) {
        this(problem, String.join("; ", messages));
    }

    /** The kind of problem. */
    public AdapterProblem problem() {
        return problem;
    }
}
