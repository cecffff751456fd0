package io.graft.engine.conversion.problem;

/** A model that cannot be imported. The message names the file and the cure. */
public final class ImportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ImportProblem problem;

    /** The message reads {@code where: what. cure}. */
    public ImportException(ImportProblem problem, String where, String what, String cure) {
        super(where + ": " + what + ". " + cure);
        this.problem = problem;
    }

    /** The same, with what led to it. */
    public ImportException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    /** The kind of problem. */
    public ImportProblem problem() {
        return problem;
    }
}
