package io.graft.platform.grpc;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;

/** Refuses requests with fields that this release does not know, because ignoring them would do something else than asked. */
@ApplicationScoped
@GlobalInterceptor
class UnknownFieldInterceptor implements ServerInterceptor, Prioritized {

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            @Override
            public void onMessage(Q message) {
                if (message instanceof Message request) {
                    UnknownFields.refuse(request);
                }
                super.onMessage(message);
            }
        };
    }

    @Override
    public int getPriority() {
        return InterceptorOrder.UNKNOWN_FIELDS;
    }
}
