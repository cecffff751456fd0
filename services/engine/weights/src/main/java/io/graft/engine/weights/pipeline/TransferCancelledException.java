package io.graft.engine.weights.pipeline;

/** The transfer was stopped on request, or its thread was interrupted. No output file remains. */
public final class TransferCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TransferCancelledException() {
        super("the transfer was cancelled; nothing was written");
    }
}
