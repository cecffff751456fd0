package io.graft.platform.launch;

/**
 * The code a worker ended with; part of the worker contract.
 *
 * @param value 0 done, 42 the user's fault, 137 killed (out of memory, or by force), 143 asked to leave; anything else is ours
 */
public record ExitCode(int value) {
    /** The code was never seen, as of a worker that outlived the service that started it. */
    public static final ExitCode UNKNOWN = new ExitCode(-1);

    public static final ExitCode DONE = new ExitCode(0);
    public static final ExitCode USER_FAULT = new ExitCode(42);
    public static final ExitCode FAILED = new ExitCode(1);
    public static final ExitCode KILLED = new ExitCode(137);
    public static final ExitCode TERMINATED = new ExitCode(143);
}
