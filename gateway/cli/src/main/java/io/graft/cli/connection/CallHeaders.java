package io.graft.cli.connection;

import io.graft.cli.failure.CallIds;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Gives every call its token, request id, trace and deadline, tells the log of it, and leaves the ids on the trailers of
 * one that fails.
 */
final class CallHeaders implements ClientInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final TokenFile token;
    private final Duration deadline;
    private final Consumer<String> log;
    private final Trace trace = new Trace();

    /** @param deadline of a unary call that sets none itself; streams have none */
    CallHeaders(TokenFile token, Duration deadline, Consumer<String> log) {
        this.token = token;
        this.deadline = deadline;
        this.log = log;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        CallOptions bounded = options.getDeadline() == null && method.getType() == MethodDescriptor.MethodType.UNARY
                ? options.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                : options;
        String bearer = "Bearer " + token.read();
        String requestId = UUID.randomUUID().toString();
        String traceparent = trace.nextSpan();
        log.accept("> " + method.getFullMethodName() + " request " + requestId + " traceparent " + traceparent);
        long start = System.nanoTime();
        return new SimpleForwardingClientCall<>(next.newCall(method, bounded)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                headers.put(AUTHORIZATION, bearer);
                headers.put(CallIds.REQUEST_ID, requestId);
                headers.put(CallIds.TRACEPARENT, traceparent);
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                                log.accept("< " + method.getFullMethodName() + " " + status.getCode() + " after "
                                        + millis + " ms");
                                if (!trailers.containsKey(CallIds.REQUEST_ID)) {
                                    trailers.put(CallIds.REQUEST_ID, requestId);
                                }
                                if (!trailers.containsKey(CallIds.TRACEPARENT)) {
                                    trailers.put(CallIds.TRACEPARENT, traceparent);
                                }
                                super.onClose(status, trailers);
                            }
                        },
                        headers);
            }
        };
    }
}
