package io.graft.platform.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import org.jboss.logging.MDC;

/** Gives each call its request id and trace: in the gRPC context, in every log line, and in the answer. */
@ApplicationScoped
@GlobalInterceptor
class RequestContextInterceptor implements ServerInterceptor, Prioritized {

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        RequestContext request = RequestContext.of(headers);
        Context context = Context.current().withValue(RequestContext.KEY, request);
        try (Marked ignored = new Marked(request)) {
            ServerCall.Listener<Q> listener =
                    Contexts.interceptCall(context, new Answering<>(call, request), headers, next);
            return new EachCallback<>(listener) {
                @Override
                void run(Runnable callback) {
                    try (Marked ignored = new Marked(request)) {
                        callback.run();
                    }
                }
            };
        }
    }

    @Override
    public int getPriority() {
        return InterceptorOrder.REQUEST_CONTEXT;
    }

    /** Puts the ids into the log lines of this thread until it is closed. */
    private static final class Marked implements AutoCloseable {
        Marked(RequestContext request) {
            MDC.put("requestId", request.requestId());
            MDC.put("traceId", request.trace().traceId());
        }

        @Override
        public void close() {
            MDC.remove("requestId");
            MDC.remove("traceId");
        }
    }

    private static final class Answering<Q, S> extends SimpleForwardingServerCall<Q, S> {
        private final RequestContext request;
        private boolean headersSent;

        Answering(ServerCall<Q, S> call, RequestContext request) {
            super(call);
            this.request = request;
        }

        @Override
        public void sendHeaders(Metadata headers) {
            headersSent = true;
            headers.put(RequestContext.REQUEST_ID, request.requestId());
            super.sendHeaders(headers);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (!headersSent) {
                trailers.put(RequestContext.REQUEST_ID, request.requestId());
            }
            super.close(status, trailers);
        }
    }
}
