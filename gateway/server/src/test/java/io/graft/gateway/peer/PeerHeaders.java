package io.graft.gateway.peer;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Keeps a call's headers where the services see them. */
final class PeerHeaders implements ServerInterceptor {
    private static final Context.Key<Metadata> HEADERS = Context.key("headers");

    /** The headers of the current call. */
    static Metadata current() {
        return HEADERS.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return Contexts.interceptCall(Context.current().withValue(HEADERS, headers), call, headers, next);
    }
}
