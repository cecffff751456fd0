package io.graft.platform.testkit.reference;

import io.graft.platform.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code docs/reference/errors.md}, from the Javadoc of {@link ErrorCode}. */
final class ErrorsPage {
    private ErrorsPage() {}

    static String of(Path repository) throws IOException {
        Path source = repository.resolve("services/platform/core/src/main/java/io/graft/platform/error/ErrorCode.java");
        List<SourceFile.Member> members = SourceFile.membersOf(source);
        StringBuilder page = new StringBuilder("""
                # Errors

                <!-- Written from ErrorCode.java by ReferencePagesTest; CONTRIBUTING.md says how to write it again. -->

                Every refusal and failure has one of these reasons, and it is the same everywhere: `reason` of the
                `google.rpc.ErrorInfo` in a gRPC answer (domain `graft`), the `reason` of the gateway's problem document,
                `failure.code` of a job and what the command line prints. Reasons are never renamed, so scripts may rely on
                them. The message beside the reason names the cure, and the metadata has the facts: the tensor and both
                shapes, the key, the file. A bad request names **every** bad field at once in a `google.rpc.BadRequest`.

                Clients repeat a call after `UNAVAILABLE` only.

                | Reason | gRPC status | HTTP | What it means |
                |---|---|---|---|
                """);
        for (ErrorCode code : ErrorCode.values()) {
            page.append("| `%s` | `%s` | %d | %s |%n"
                    .formatted(code, code.category(), httpStatus(code.category()), docOf(members, code)));
        }
        return page.toString();
    }

    private static String docOf(List<SourceFile.Member> members, ErrorCode code) {
        return members.stream()
                .filter(member ->
                        member.owner().equals("ErrorCode") && member.name().equals(code.name()))
                .map(SourceFile.Member::doc)
                .filter(doc -> !doc.isEmpty())
                .findFirst()
                .orElseThrow(() -> new AssertionError(code + " has no Javadoc: say what it means and the cure"));
    }

    /** As {@code google.rpc.Code} documents it. */
    private static int httpStatus(ErrorCode.Category category) {
        return switch (category) {
            case INVALID_ARGUMENT, FAILED_PRECONDITION -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, ABORTED -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case INTERNAL, DATA_LOSS -> 500;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
        };
    }
}
