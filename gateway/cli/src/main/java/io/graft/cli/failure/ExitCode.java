package io.graft.cli.failure;

/** What the process ends with. Scripts rely on the values; none is ever given another meaning. */
public enum ExitCode {
    /** Done. */
    OK(0),
    /** The job failed or was cancelled, or something broke that the caller did not ask for wrongly. */
    FAILED(1),
    /** The command line is wrong; nothing was asked of the service. */
    USAGE(2),
    /** The service refused: a bad field, a mismatch, a conflict, no space. */
    REFUSED(3),
    /** There is no such thing. */
    NOT_FOUND(4),
    /** No token, a bad one, or one that does not reach this tenant. */
    DENIED(5),
    /** The service can't be reached or did not answer in time. */
    UNAVAILABLE(6),
    /** A gate did not pass: the version failed, or the rows do not decide; or a run of a pipeline is held or rejected. */
    NOT_PASSED(7),
    /** Ctrl-C; what was handed to the service goes on. */
    INTERRUPTED(130);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }
}
