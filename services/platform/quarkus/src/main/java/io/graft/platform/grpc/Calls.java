package io.graft.platform.grpc;

import com.google.protobuf.Message;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.TenantName;
import io.grpc.stub.StreamObserver;

/** What the rpcs of all services have in common. */
public final class Calls {
    private Calls() {}

    /**
     * The resource that a field names, which the caller may reach.
     *
     * @throws io.graft.platform.error.GraftException {@code INVALID_REQUEST} or {@code PERMISSION_DENIED}
     */
    public static <N extends ResourceName> N authorized(String field, String name, Class<N> type) {
        Caller.current().authorize(ResourceName.parse(field, name));
        return ResourceName.parse(field, name, type);
    }

    /** The tenant that {@code parent} names, as {@link #authorized} finds it. */
    public static TenantName tenant(String parent) {
        return authorized("parent", parent, TenantName.class);
    }

    /** How the current call wants to be carried out. */
    public static Mutation mutation(Message request) {
        return Mutation.of(request, Caller.current().trace().traceparent());
    }

    /** Gives the one answer of a call. */
    public static <T> void answer(StreamObserver<T> observer, T answer) {
        observer.onNext(answer);
        observer.onCompleted();
    }
}
