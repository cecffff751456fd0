package io.graft.engine.weights.pipeline;

/** Watches a running transfer. Called from several threads at once; must return quickly. */
@FunctionalInterface
public interface TransferProgress {
    /** Ignores everything and never cancels. */
    TransferProgress NONE = (done, total) -> {};

    /**
     * After each chunk.
     *
     * @param bytesDone output bytes finished so far; calls of different threads may overtake each other
     * @param bytesTotal output bytes in all, headers not counted
     */
    void advanced(long bytesDone, long bytesTotal);

    /** Asked before each chunk; true stops the transfer with a {@link TransferCancelledException}. */
    default boolean isCancelled() {
        return false;
    }
}
