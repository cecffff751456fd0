package io.graft.engine.training;

import io.graft.engine.data.BatchOrder;

/** Every row once an epoch. */
public record ShuffledBatches(BatchOrder order) implements BatchSource {
    @Override
    public int[] batch(long index) {
        return order.batch(index);
    }

    @Override
    public long batchesPerEpoch() {
        return order.batchesPerEpoch();
    }
}
