package io.graft.engine.weights.diagnostics;

import io.graft.engine.weights.arithmetic.ChunkSums;
import org.jspecify.annotations.Nullable;

/**
 * Collects a tensor's chunk sums, which arrive in any order, and adds them in the order of the chunks. Thread safe; frees
 * the parts once all have arrived.
 */
public final class TensorTally {
    private ChunkSums @Nullable [] parts;
    private final int chunks;
    private int missing;
    private ChunkSums total = ChunkSums.NONE;

    /** For a tensor of so many chunks. */
    public TensorTally(int chunks) {
        this.chunks = chunks;
        this.missing = chunks;
    }

    /** Takes the sums of one chunk; each chunk must come exactly once. */
    public synchronized void add(int chunk, ChunkSums sums) {
        if (parts == null) {
            parts = new ChunkSums[chunks];
        }
        parts[chunk] = sums;
        missing--;
        if (missing == 0) {
            for (ChunkSums part : parts) {
                total = total.plus(part);
            }
            parts = null;
        }
    }

    /** The whole tensor's sums; of no elements as long as a chunk is missing. */
    public synchronized ChunkSums total() {
        return total;
    }
}
