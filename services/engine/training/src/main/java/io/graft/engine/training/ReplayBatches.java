package io.graft.engine.training;

import io.graft.engine.data.BatchOrder;

/**
 * New rows with some old ones in each batch, against forgetting (A. Ibrahim et al., Simple and Scalable Strategies to
 * Continually Pre-train Large Language Models, arXiv 2403.08763). The old ones replace new ones, so that a batch costs the
 * same; with a share below one row a batch, only every so many batches have one.
 */
public final class ReplayBatches implements BatchSource {
    private final BatchOrder fresh;
    private final BatchOrder old;
    private final int freshRows;
    private final int batchSize;
    private final double share;

    /**
     * Mixes two sets of rows.
     *
     * @param freshRows number of new rows; old rows are numbered after them
     * @param oldRows number of old rows
     * @param share part of all rows that is old, above 0 and below 1
     */
    public ReplayBatches(int freshRows, int oldRows, int batchSize, double share, long seed) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("the share of old rows is above 0 and below 1, not " + share);
        }
        this.fresh = new BatchOrder(freshRows, 1, seed);
        this.old = new BatchOrder(oldRows, 1, seed + 1);
        this.freshRows = freshRows;
        this.batchSize = batchSize;
        this.share = share;
    }

    @Override
    public int[] batch(long index) {
        long oldBefore = oldRowsBefore(index);
        int oldHere = (int) (oldRowsBefore(index + 1) - oldBefore);
        long freshBefore = index * batchSize - oldBefore;
        int[] rows = new int[batchSize];
        for (int i = 0; i < batchSize; i++) {
            int freshHere = batchSize - oldHere;
            rows[i] = i < freshHere
                    ? fresh.batch(freshBefore + i)[0]
                    : freshRows + old.batch(oldBefore + i - freshHere)[0];
        }
        return rows;
    }

    @Override
    public long batchesPerEpoch() {
        return (long) Math.ceil(freshRows / (batchSize * (1 - share)));
    }

    private long oldRowsBefore(long index) {
        return (long) Math.floor(index * (double) batchSize * share);
    }
}
