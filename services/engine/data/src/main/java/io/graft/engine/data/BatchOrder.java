package io.graft.engine.data;

import java.util.Arrays;

/**
 * The order of rows over a run. Each epoch goes over every row once, shuffled anew; batch i is always the same rows for
 * the same arguments, so that a run resumes anywhere. Not thread-safe: the last epoch's order is kept.
 */
public final class BatchOrder {
    private final int rows;
    private final int batchSize;
    private final long seed;
    private long epoch = -1;
    private int[] order = {};

    /**
     * @param rows number of rows, at least 1
     * @param batchSize rows of a batch, at least 1
     */
    public BatchOrder(int rows, int batchSize, long seed) {
        if (rows < 1 || batchSize < 1) {
            throw new IllegalArgumentException(rows + " rows in batches of " + batchSize);
        }
        this.rows = rows;
        this.batchSize = batchSize;
        this.seed = seed;
    }

    /** The last one, with fewer rows, included. */
    public long batchesPerEpoch() {
        return Math.ceilDiv(rows, batchSize);
    }

    /**
     * Indices of the rows of one batch.
     *
     * @param index from 0, counted over all epochs
     */
    public int[] batch(long index) {
        if (index < 0) {
            throw new IllegalArgumentException("batch " + index);
        }
        long wanted = index / batchesPerEpoch();
        if (wanted != epoch) {
            order = Shuffling.order(rows, seed, wanted);
            epoch = wanted;
        }
        int from = (int) (index % batchesPerEpoch()) * batchSize;
        return Arrays.copyOfRange(order, from, (int) Math.min((long) from + batchSize, rows));
    }
}
