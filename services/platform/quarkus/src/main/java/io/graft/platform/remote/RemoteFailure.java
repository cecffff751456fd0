package io.graft.platform.remote;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns what another service answers back into the failure that it was there. */
public final class RemoteFailure {
    private final String service;
    private final ErrorCode unavailable;

    /**
     * @param service for messages, at the beginning of a sentence: {@code The registry}
     * @param unavailable what it means that it does not answer
     */
    public RemoteFailure(String service, ErrorCode unavailable) {
        this.service = service;
        this.unavailable = unavailable;
    }

    /** The failure with the reason that the service gave; {@code INTERNAL} when it gave none. */
    public GraftException of(StatusRuntimeException answer) {
        com.google.rpc.Status status = StatusProto.fromThrowable(answer);
        if (status == null) {
            return unexplained(answer);
        }
        Optional<ErrorInfo> info = Optional.empty();
        List<FieldViolation> violations = new ArrayList<>();
        for (Any detail : status.getDetailsList()) {
            info = info.or(() -> unpack(detail, ErrorInfo.class));
            unpack(detail, BadRequest.class)
                    .ifPresent(bad -> bad.getFieldViolationsList()
                            .forEach(violation -> violations.add(
                                    new FieldViolation(violation.getField(), violation.getDescription()))));
        }
        Optional<ErrorCode> code = info.flatMap(found -> code(found.getReason()));
        if (code.isEmpty() || code.get() == ErrorCode.INTERNAL) {
            return unexplained(answer);
        }
        if (!violations.isEmpty()) {
            return GraftException.invalid(code.get(), violations, answer);
        }
        Map<String, String> metadata = new HashMap<>(info.get().getMetadataMap());
        metadata.remove("request_id");
        return new GraftException(code.get(), status.getMessage(), metadata, answer);
    }

    private GraftException unexplained(StatusRuntimeException answer) {
        Status.Code code = answer.getStatus().getCode();
        if (code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED) {
            return new GraftException(unavailable, service + " does not answer now; try again", answer);
        }
        if (code == Status.Code.UNAUTHENTICATED || code == Status.Code.PERMISSION_DENIED) {
            return new GraftException(ErrorCode.valueOf(code.name()), service + " refuses the token", answer);
        }
        return new GraftException(
                ErrorCode.INTERNAL, service + " failed; its log and the request id tell more", answer);
    }

    private static Optional<ErrorCode> code(String reason) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(reason))
                .findFirst();
    }

    private <T extends Message> Optional<T> unpack(Any detail, Class<T> type) {
        try {
            return detail.is(type) ? Optional.of(detail.unpack(type)) : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            throw new GraftException(ErrorCode.INTERNAL, service + " answers what can't be read", e);
        }
    }
}
