package io.graft.cli.failure;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the {@code google.rpc.Status} of a failed call. */
final class ServiceProblem {
    /** Metadata key under which services repeat the request id. */
    private static final String REQUEST_ID = "request_id";

    private ServiceProblem() {}

    static Problem of(StatusRuntimeException call) {
        Status status = call.getStatus();
        String reason = status.getCode().name();
        String message = status.getDescription() == null ? reason : status.getDescription();
        List<Problem.Violation> violations = new ArrayList<>();
        Map<String, String> metadata = new HashMap<>();
        com.google.rpc.@Nullable Status details = StatusProto.fromThrowable(call);
        if (details != null) {
            for (Any detail : details.getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    ErrorInfo info = unpack(detail, ErrorInfo.class);
                    reason = info.getReason();
                    metadata.putAll(info.getMetadataMap());
                } else if (detail.is(BadRequest.class)) {
                    unpack(detail, BadRequest.class)
                            .getFieldViolationsList()
                            .forEach(v -> violations.add(new Problem.Violation(v.getField(), v.getDescription())));
                }
            }
        }
        String requestId = metadata.remove(REQUEST_ID);
        return new Problem(
                exitOf(status.getCode()),
                status.getCode().name(),
                reason,
                status.getCode() == Status.Code.UNAVAILABLE ? unreachable(message, status.getCause()) : message,
                violations,
                metadata,
                requestId != null ? requestId : trailer(call, CallIds.REQUEST_ID),
                CallIds.traceId(trailer(call, CallIds.TRACEPARENT)));
    }

    private static String unreachable(String message, @Nullable Throwable cause) {
        return cause == null
                ? message
                : "The service can't be reached: " + cause.getMessage() + ". Is the stack up? `graft status` tells.";
    }

    private static ExitCode exitOf(Status.Code code) {
        return switch (code) {
            case OK -> ExitCode.OK;
            case INVALID_ARGUMENT,
                    FAILED_PRECONDITION,
                    ALREADY_EXISTS,
                    ABORTED,
                    OUT_OF_RANGE,
                    RESOURCE_EXHAUSTED,
                    UNIMPLEMENTED -> ExitCode.REFUSED;
            case NOT_FOUND -> ExitCode.NOT_FOUND;
            case UNAUTHENTICATED, PERMISSION_DENIED -> ExitCode.DENIED;
            case UNAVAILABLE, DEADLINE_EXCEEDED -> ExitCode.UNAVAILABLE;
            case CANCELLED, UNKNOWN, INTERNAL, DATA_LOSS -> ExitCode.FAILED;
        };
    }

    private static String trailer(StatusRuntimeException call, Metadata.Key<String> key) {
        Metadata trailers = call.getTrailers();
        String value = trailers == null ? null : trailers.get(key);
        return value == null ? "" : value;
    }

    private static <T extends com.google.protobuf.Message> T unpack(Any detail, Class<T> type) {
        try {
            return detail.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("The service sent an error detail that is not readable", e);
        }
    }
}
