package io.graft.cli.failure;

import io.grpc.Metadata;

/** The headers that identify a call, in requests and on the trailers of a failed one. */
public final class CallIds {
    /** Names one call in the service's log. */
    public static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

    /** W3C trace context. */
    public static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    private CallIds() {}

    /** The trace id inside a {@code traceparent}; empty when it is none. */
    public static String traceId(String traceparent) {
        return traceparent.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}") ? traceparent.substring(3, 35) : "";
    }
}
