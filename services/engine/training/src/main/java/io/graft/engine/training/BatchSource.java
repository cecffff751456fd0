package io.graft.engine.training;

/** Which rows a batch has. */
public interface BatchSource {
    /** Rows of a batch; the index counts over all epochs, and the same index always gives the same rows. */
    int[] batch(long index);

    /** Batches after which every row was seen. */
    long batchesPerEpoch();
}
