package io.graft.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrderTest {
    @Test
    void eachEpochHasEveryRowOnceInAnotherOrder() {
        BatchOrder order = new BatchOrder(10, 4, 7);
        int[] first = epoch(order, 0);

        assertThat(order.batchesPerEpoch()).isEqualTo(3);
        assertThat(order.batch(2)).hasSize(2);
        assertThat(Arrays.stream(first).sorted()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(epoch(order, 1)).isNotEqualTo(first);
        assertThat(epoch(new BatchOrder(10, 4, 8), 0)).isNotEqualTo(first);
    }

    @Test
    void aRunResumesAnywhere() {
        BatchOrder whole = new BatchOrder(101, 8, 3);
        List<int[]> batches = LongStream.range(0, 60).mapToObj(whole::batch).toList();

        for (int from = 59; from >= 0; from--) {
            assertThat(new BatchOrder(101, 8, 3).batch(from)).isEqualTo(batches.get(from));
        }
    }

    @Test
    void theOrderStaysTheSameOverReleases() {
        assertThat(new BatchOrder(8, 8, 42).batch(0)).containsExactly(4, 3, 1, 5, 6, 0, 2, 7);
    }

    @Test
    void theShareKeptBackIsTheSameForTheSameSeed() {
        List<Example> all = IntStream.range(0, 100)
                .<Example>mapToObj(i -> new Example.LabelledTokens(new int[] {i}, null, i))
                .toList();
        HoldoutSplit split = HoldoutSplit.byFraction(all, 0.15, 1);

        assertThat(split.held()).hasSize(15);
        assertThat(split.train()).hasSize(85).doesNotContainAnyElementsOf(split.held());
        assertThat(HoldoutSplit.byFraction(all, 0.15, 1)).isEqualTo(split);
        assertThat(HoldoutSplit.byFraction(all, 0.15, 2)).isNotEqualTo(split);
        assertThat(HoldoutSplit.byFraction(all.subList(0, 2), 0.99, 1).train()).hasSize(1);
    }

    private static int[] epoch(BatchOrder order, int epoch) {
        return LongStream.range(epoch * order.batchesPerEpoch(), (epoch + 1) * order.batchesPerEpoch())
                .mapToObj(order::batch)
                .flatMapToInt(Arrays::stream)
                .toArray();
    }
}
