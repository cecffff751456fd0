package io.graft.engine.worker;

/** The worker was asked to leave and drops its work. */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String MESSAGE = "The worker was asked to leave";

    /** The work was dropped because somebody asked to leave. */
    public StoppedException() {
        super(MESSAGE);
    }

    /** @param cause how the work was dropped */
    public StoppedException(Throwable cause) {
        super(MESSAGE, cause);
    }

    @Override
    public String getMessage() {
        return MESSAGE;
    }
}
