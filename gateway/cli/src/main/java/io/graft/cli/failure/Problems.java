package io.graft.cli.failure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Turns whatever a command threw into a {@link Problem}. */
public final class Problems {
    private Problems() {}

    public static Problem of(Throwable thrown) {
        return switch (thrown) {
            case CommandException known -> known.problem();
            case io.grpc.StatusRuntimeException call -> ServiceProblem.of(call);
            case UncheckedIOException io -> file(io.getCause() == null ? io : io.getCause());
            case IOException io -> file(io);
            default ->
                Problem.local(
                        ExitCode.FAILED,
                        "INTERNAL",
                        "Unexpected " + thrown.getClass().getSimpleName() + ": " + thrown.getMessage()
                                + ". Run again with --verbose for the stack and report it.",
                        Map.of());
        };
    }

    private static Problem file(Throwable io) {
        String what = io.getMessage() == null ? "" : ": " + io.getMessage();
        return Problem.local(ExitCode.FAILED, "FILE_ERROR", io.getClass().getSimpleName() + what, Map.of());
    }
}
