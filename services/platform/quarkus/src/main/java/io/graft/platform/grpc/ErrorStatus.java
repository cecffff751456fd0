package io.graft.platform.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The answer for a failure: a {@code google.rpc.Status} with {@code ErrorInfo} always, and the details that suit it. What is
 * not meant for callers is logged under an id and answered as INTERNAL with that id.
 */
final class ErrorStatus {
    /** {@code domain} of every {@code ErrorInfo}. */
    static final String DOMAIN = "graft";

    private static final Logger LOG = Logger.getLogger(ErrorStatus.class);
    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final Duration RETRY_DELAY =
            Duration.newBuilder().setSeconds(1).build();

    private ErrorStatus() {}

    /** @param status how the call ended, not OK; its cause tells more than its code */
    static Answer of(Status status, Metadata trailers, String method, String requestId) {
        if (trailers.containsKey(DETAILS)) {
            return new Answer(status, trailers);
        }
        if (status.getCause() instanceof GraftException e) {
            logIfOurs(e, method);
            return answer(code(e.code().category()), e.getMessage(), details(e, requestId));
        }
        return switch (status.getCode()) {
            case UNKNOWN, INTERNAL -> internal(status, method, requestId);
            case OK,
                    CANCELLED,
                    INVALID_ARGUMENT,
                    DEADLINE_EXCEEDED,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    UNAVAILABLE,
                    DATA_LOSS,
                    UNAUTHENTICATED -> {
                String description = status.getDescription();
                String reason = status.getCode().name();
                yield answer(
                        status.getCode(),
                        description == null ? reason : description,
                        List.of(info(reason, Map.of(), requestId)));
            }
        };
    }

    private static Answer internal(Status status, String method, String requestId) {
        String logId = UUID.randomUUID().toString();
        LOG.errorf(status.getCause(), "%s failed with %s [log id %s]", method, status.getCode(), logId);
        return answer(
                Status.Code.INTERNAL,
                "Something went wrong inside Graft; report it with log id " + logId,
                List.of(info(ErrorCode.INTERNAL.name(), Map.of("log_id", logId), requestId)));
    }

    private static void logIfOurs(GraftException e, String method) {
        switch (e.code().category()) {
            case UNAVAILABLE, DATA_LOSS, RESOURCE_EXHAUSTED, INTERNAL ->
                LOG.warnf(e, "%s answers %s", method, e.code());
            case INVALID_ARGUMENT,
                    FAILED_PRECONDITION,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    ABORTED,
                    UNAUTHENTICATED,
                    PERMISSION_DENIED,
                    UNIMPLEMENTED -> LOG.debugf("%s refuses: %s %s", method, e.code(), e.getMessage());
        }
    }

    private static List<Message> details(GraftException e, String requestId) {
        List<Message> details = new ArrayList<>();
        details.add(info(e.code().name(), e.metadata(), requestId));
        if (!e.violations().isEmpty()) {
            BadRequest.Builder bad = BadRequest.newBuilder();
            AnswerSize.violations(e.violations())
                    .forEach(violation -> bad.addFieldViolationsBuilder()
                            .setField(violation.field())
                            .setDescription(violation.description())
                            .setReason(e.code().name()));
            details.add(bad.build());
        }
        switch (e.code().category()) {
            case UNAVAILABLE ->
                details.add(RetryInfo.newBuilder().setRetryDelay(RETRY_DELAY).build());
            case FAILED_PRECONDITION ->
                details.add(PreconditionFailure.newBuilder()
                        .addViolations(PreconditionFailure.Violation.newBuilder()
                                .setType(e.code().name())
                                .setSubject(facts(e.metadata()))
                                .setDescription(AnswerSize.message(e.getMessage())))
                        .build());
            case RESOURCE_EXHAUSTED ->
                details.add(QuotaFailure.newBuilder()
                        .addViolations(QuotaFailure.Violation.newBuilder()
                                .setSubject(facts(e.metadata()))
                                .setDescription(AnswerSize.message(e.getMessage())))
                        .build());
            case INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    ABORTED,
                    UNAUTHENTICATED,
                    PERMISSION_DENIED,
                    DATA_LOSS,
                    UNIMPLEMENTED,
                    INTERNAL -> {}
        }
        return details;
    }

    private static String facts(Map<String, String> metadata) {
        return new TreeMap<>(AnswerSize.metadata(metadata))
                .entrySet().stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static ErrorInfo info(String reason, Map<String, String> metadata, String requestId) {
        return ErrorInfo.newBuilder()
                .setReason(reason)
                .setDomain(DOMAIN)
                .putAllMetadata(AnswerSize.metadata(metadata))
                .putMetadata("request_id", requestId)
                .build();
    }

    private static Answer answer(Status.Code code, String message, List<? extends Message> details) {
        StatusRuntimeException answer = StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(code.value())
                .setMessage(AnswerSize.message(message))
                .addAllDetails(details.stream().map(Any::pack).toList())
                .build());
        Metadata trailers = answer.getTrailers();
        return new Answer(answer.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    private static Status.Code code(ErrorCode.Category category) {
        return Status.Code.valueOf(category.name());
    }

    /** How to end a call. */
    record Answer(Status status, Metadata trailers) {}
}
