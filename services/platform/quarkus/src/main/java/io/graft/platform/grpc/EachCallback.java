package io.graft.platform.grpc;

import io.grpc.ServerCall;

/** A listener that does the same around every callback. */
abstract class EachCallback<Q> extends ServerCall.Listener<Q> {
    private final ServerCall.Listener<Q> listener;

    EachCallback(ServerCall.Listener<Q> listener) {
        this.listener = listener;
    }

    /** Runs a callback. */
    abstract void run(Runnable callback);

    @Override
    public void onMessage(Q message) {
        run(() -> listener.onMessage(message));
    }

    @Override
    public void onHalfClose() {
        run(listener::onHalfClose);
    }

    @Override
    public void onCancel() {
        run(listener::onCancel);
    }

    @Override
    public void onComplete() {
        run(listener::onComplete);
    }

    @Override
    public void onReady() {
        run(listener::onReady);
    }
}
