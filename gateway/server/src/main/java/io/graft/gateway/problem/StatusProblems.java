package io.graft.gateway.problem;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns what a gRPC call ended with into a problem. */
public final class StatusProblems {
    private final JsonFormat.Printer printer;

    /** @param printer knows the google.rpc detail types */
    public StatusProblems(JsonFormat.Printer printer) {
        this.printer = printer;
    }

    /** A service's own words when the status carries an ErrorInfo; else the transport's failure, told without its innards. */
    public Problem of(io.grpc.Status status, Metadata trailers) {
        Status full = StatusProto.fromStatusAndTrailers(status, trailers);
        ErrorInfo info = null;
        List<FieldViolation> violations = new ArrayList<>();
        List<JsonObject> details = new ArrayList<>();
        try {
            for (Any detail : full.getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    info = detail.unpack(ErrorInfo.class);
                } else if (detail.is(BadRequest.class)) {
                    detail.unpack(BadRequest.class)
                            .getFieldViolationsList()
                            .forEach(v -> violations.add(new FieldViolation(v.getField(), v.getDescription())));
                } else {
                    details.add(JsonParser.parseString(printer.print(detail)).getAsJsonObject());
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the service's error details can't be read", e);
        }
        Code code = Code.forNumber(full.getCode());
        Code known = code == null ? Code.UNKNOWN : code;
        int http = HttpStatuses.of(known);
        if (info == null) {
            return new Problem(
                    http, known.name(), known.name(), "grpc", transport(known), Map.of(), violations, details);
        }
        return new Problem(
                http,
                known.name(),
                info.getReason(),
                info.getDomain(),
                full.getMessage(),
                info.getMetadataMap(),
                violations,
                details);
    }

    private static String transport(Code code) {
        return switch (code) {
            case UNAVAILABLE -> "the service can't be reached now; try again in a moment";
            case DEADLINE_EXCEEDED ->
                "the service did not answer in time; try again, with the same request_id if there is one";
            case UNIMPLEMENTED ->
                "the service behind the gateway does not know this method; update it to the gateway's release";
            case RESOURCE_EXHAUSTED ->
                "the message or the load is more than the service takes; send less or try again later";
            case UNAUTHENTICATED -> "send a valid token as 'Authorization: Bearer TOKEN'";
            default -> "the call ended with " + code + "; look the request id up in the service's log";
        };
    }
}
