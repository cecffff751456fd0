package io.graft.platform.grpc;

/** Priorities of the server interceptors: the highest is the outermost, and Quarkus' own lie further out. */
final class InterceptorOrder {
    static final int REQUEST_CONTEXT = 1000;
    static final int ERRORS = 900;
    static final int AUTHENTICATION = 800;
    static final int UNKNOWN_FIELDS = 700;

    private InterceptorOrder() {}
}
