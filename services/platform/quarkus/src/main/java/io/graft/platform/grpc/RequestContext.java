package io.graft.platform.grpc;

import io.graft.platform.trace.TraceContext;
import io.grpc.Context;
import io.grpc.Metadata;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What identifies a call in logs and answers.
 *
 * @param requestId the caller's {@code x-request-id}, or one that was made up for him
 * @param trace this service's step of the caller's trace, or a new trace
 */
public record RequestContext(String requestId, TraceContext trace) {
    /** Metadata key of the request id, in calls and answers. */
    public static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

    /** Metadata key of the trace. */
    public static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of(TraceContext.HEADER, Metadata.ASCII_STRING_MARSHALLER);

    static final Context.Key<RequestContext> KEY = Context.key("graft.request");

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    /** The context of the call that this thread serves; a fresh one outside of calls. */
    public static RequestContext current() {
        RequestContext present = KEY.get();
        return present == null ? new RequestContext(UUID.randomUUID().toString(), TraceContext.begin()) : present;
    }

    static RequestContext of(Metadata headers) {
        String id = headers.get(REQUEST_ID);
        return new RequestContext(
                id != null && SAFE.matcher(id).matches()
                        ? id
                        : UUID.randomUUID().toString(),
                trace(headers.get(TRACEPARENT)).map(TraceContext::child).orElseGet(TraceContext::begin));
    }

    private static Optional<TraceContext> trace(@Nullable String traceparent) {
        return Optional.ofNullable(traceparent).flatMap(TraceContext::parse);
    }
}
