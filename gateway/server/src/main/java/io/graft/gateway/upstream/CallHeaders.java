package io.graft.gateway.upstream;

import io.grpc.Metadata;
import java.util.List;

/** The headers that travel with a call, the same names in HTTP and gRPC. */
public final class CallHeaders {
    /** Names one call in every log; made up when the caller gives none. */
    public static final String REQUEST_ID = "x-request-id";

    /** Bearer token. */
    public static final String AUTHORIZATION = "authorization";

    /** W3C trace context. */
    public static final String TRACEPARENT = "traceparent";

    /** What a service's answer echoes to the caller. */
    public static final List<String> ECHOED = List.of(REQUEST_ID, TRACEPARENT);

    private CallHeaders() {}

    /** The metadata key of a header. */
    public static Metadata.Key<String> key(String header) {
        return Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER);
    }
}
