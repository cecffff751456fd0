package io.graft.platform.grpc;

import io.graft.platform.trace.TraceContext;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * For calls from one service to another on behalf of a caller: forwards his token, the request id and the trace. Outside of a
 * call it adds a trace and no token. Used with {@code @RegisterClientInterceptor}, or on a channel.
 */
@ApplicationScoped
public class CallerForwarding implements ClientInterceptor {

    @Override
    public <Q, S> ClientCall<Q, S> interceptCall(MethodDescriptor<Q, S> method, CallOptions options, Channel channel) {
        Caller caller = Caller.KEY.get();
        RequestContext request = RequestContext.current();
        return new SimpleForwardingClientCall<>(channel.newCall(method, options)) {
            @Override
            public void start(Listener<S> listener, Metadata headers) {
                TraceContext step = request.trace().child();
                put(headers, RequestContext.REQUEST_ID, request.requestId());
                put(headers, RequestContext.TRACEPARENT, step.traceparent());
                if (caller != null) {
                    put(headers, Tokens.AUTHORIZATION, Tokens.SCHEME + caller.token());
                }
                super.start(listener, headers);
            }
        };
    }

    private static void put(Metadata headers, Metadata.Key<String> key, String value) {
        if (!headers.containsKey(key)) {
            headers.put(key, value);
        }
    }
}
