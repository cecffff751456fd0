package io.graft.cli.failure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends a command with a {@link Problem}. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public CommandException(Problem problem, @Nullable Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    public CommandException(ExitCode exit, String reason, String message) {
        this(Problem.local(exit, reason, message, Map.of()), null);
    }

    public CommandException(ExitCode exit, String reason, String message, Throwable cause) {
        this(Problem.local(exit, reason, message, Map.of()), cause);
    }

    /** The command line is wrong in a way that only shows when options are seen together. */
    public static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, "INVALID_USAGE", message);
    }

    public Problem problem() {
        return problem;
    }
}
