package io.graft.engine.pruning;

/** A pruning that cannot be done. The message names what is wrong and the cure; safe to show to a caller. */
public final class PruningException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PruningProblem problem;

    /** One thing that is wrong. */
    public PruningException(PruningProblem problem, String message) {
        super(message);
        this.problem = problem;
    }

    /** The kind of problem. */
    public PruningProblem problem() {
        return problem;
    }
}
