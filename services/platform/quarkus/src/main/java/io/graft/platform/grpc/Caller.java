package io.graft.platform.grpc;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.trace.TraceContext;
import io.grpc.Context;
import java.util.Map;
import java.util.Set;

/**
 * Who makes a call, as the token proves. Every call but health and reflection has one.
 *
 * @param principal subject of the token
 * @param tenants ids of the tenants that the token covers
 * @param token the token itself, to be forwarded to other services and nowhere else
 * @param request what identifies the call
 */
public record Caller(String principal, Set<String> tenants, String token, RequestContext request) {
    static final Context.Key<Caller> KEY = Context.key("graft.caller");

    public Caller {
        tenants = Set.copyOf(tenants);
    }

    /**
     * The caller of the call that this thread serves. Work that is handed to another thread takes the caller along as a
     * value.
     *
     * @throws GraftException {@code UNAUTHENTICATED} outside of an authenticated call
     */
    public static Caller current() {
        Caller caller = KEY.get();
        if (caller == null) {
            throw new GraftException(ErrorCode.UNAUTHENTICATED, "The call carries no identity; send a bearer token");
        }
        return caller;
    }

    /**
     * Checks that the caller may use a tenant. Done before anything else of a request is looked at.
     *
     * @throws GraftException {@code PERMISSION_DENIED}
     */
    public void authorize(String tenant) {
        if (!tenants.contains(tenant)) {
            throw new GraftException(
                    ErrorCode.PERMISSION_DENIED,
                    "The token does not cover tenant '" + tenant + "'; use one whose claim 'tenants' names it",
                    Map.of("tenant", tenant));
        }
    }

    /** Checks that the caller may use a resource: {@link #authorize(String)} for its tenant. */
    public void authorize(ResourceName name) {
        authorize(name.tenant());
    }

    /** Id of the call, for logs. */
    public String requestId() {
        return request.requestId();
    }

    /** This service's step of the caller's trace. */
    public TraceContext trace() {
        return request.trace();
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Caller[" + principal + ", tenants " + tenants + ", request " + requestId() + "]";
    }
}
