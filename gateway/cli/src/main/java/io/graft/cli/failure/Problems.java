package io.graft.cli.failure;

import io.graft.engine.conversion.problem.ImportException;
import io.graft.engine.conversion.problem.ImportProblem;
import io.graft.engine.safetensors.SafetensorsException;
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
            case ImportException refused ->
                Problem.local(exitOf(refused.problem()), refused.problem().name(), message(refused), Map.of());
            case SafetensorsException unsound ->
                Problem.local(ExitCode.REFUSED, unsound.problem().name(), message(unsound), Map.of());
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

    private static ExitCode exitOf(ImportProblem problem) {
        return switch (problem) {
            case MAVEN_MISSING, MAVEN_FAILED -> ExitCode.FAILED;
            case FILE_MISSING,
                    JSON_MALFORMED,
                    LINK_ESCAPES,
                    ONNX_MALFORMED,
                    ONNX_UNSUPPORTED,
                    NOT_BERT,
                    JAR_CONTENT,
                    DIGEST_DIFFERS -> ExitCode.REFUSED;
        };
    }

    private static String message(RuntimeException named) {
        return String.valueOf(named.getMessage());
    }

    private static Problem file(Throwable io) {
        String what = io.getMessage() == null ? "" : ": " + io.getMessage();
        return Problem.local(ExitCode.FAILED, "FILE_ERROR", io.getClass().getSimpleName() + what, Map.of());
    }
}
