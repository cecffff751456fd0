package io.graft.platform.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import java.util.Set;

/** Lets in calls that carry a valid token, with their {@link Caller} in the gRPC context. There is no way to switch it off. */
@ApplicationScoped
@GlobalInterceptor
class AuthenticationInterceptor implements ServerInterceptor, Prioritized {
    private static final Set<String> OPEN_SERVICES = Set.of(
            "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection");

    private final Tokens tokens;

    AuthenticationInterceptor(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        String service = call.getMethodDescriptor().getServiceName();
        if (service != null && OPEN_SERVICES.contains(service)) {
            return next.startCall(call, headers);
        }
        Caller caller = tokens.caller(headers.get(Tokens.AUTHORIZATION), RequestContext.current());
        return Contexts.interceptCall(Context.current().withValue(Caller.KEY, caller), call, headers, next);
    }

    @Override
    public int getPriority() {
        return InterceptorOrder.AUTHENTICATION;
    }
}
