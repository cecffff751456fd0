package io.graft.cli.failure;

import java.util.List;
import java.util.Map;

/**
 * Why a command did not do what it was asked.
 *
 * @param exit what the process ends with
 * @param code the gRPC status code's name, or that of the same class for a problem found here
 * @param reason machine-readable, UPPER_SNAKE, as in {@code google.rpc.ErrorInfo}
 * @param message for a person; names the cure when there is one
 * @param violations every bad field
 * @param metadata facts, for example the tensor's name
 * @param requestId id under which the service logged the call; empty when none was made
 * @param traceId W3C trace id of the call; empty when none was made
 */
public record Problem(
        ExitCode exit,
        String code,
        String reason,
        String message,
        List<Violation> violations,
        Map<String, String> metadata,
        String requestId,
        String traceId) {

    public Problem {
        violations = List.copyOf(violations);
        metadata = Map.copyOf(metadata);
    }

    /** One bad field, in proto spelling. */
    public record Violation(String field, String description) {}

    /** A problem found before or without a call to the service. */
    public static Problem local(ExitCode exit, String reason, String message, Map<String, String> metadata) {
        return new Problem(exit, codeOf(exit), reason, message, List.of(), metadata, "", "");
    }

    private static String codeOf(ExitCode exit) {
        return switch (exit) {
            case OK -> "OK";
            case FAILED -> "INTERNAL";
            case USAGE -> "INVALID_ARGUMENT";
            case REFUSED, NOT_PASSED -> "FAILED_PRECONDITION";
            case NOT_FOUND -> "NOT_FOUND";
            case DENIED -> "UNAUTHENTICATED";
            case UNAVAILABLE -> "UNAVAILABLE";
            case INTERRUPTED -> "CANCELLED";
        };
    }
}
