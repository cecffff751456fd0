package io.graft.engine.worker.representation;

import java.util.BitSet;
import java.util.SplittableRandom;

/** Draws rows without replacement, each set of them equally likely. */
final class RowDraw {
    private RowDraw() {}

    /**
     * Draws.
     *
     * @param from rows to draw from, by index
     * @param most how many; all when there are no more
     */
    static BitSet of(BitSet from, int most, long seed) {
        int[] rows = from.stream().toArray();
        if (rows.length <= most) {
            return (BitSet) from.clone();
        }
        SplittableRandom random = new SplittableRandom(seed);
        BitSet drawn = new BitSet();
        for (int i = 0; i < most; i++) {
            int j = i + random.nextInt(rows.length - i);
            int row = rows[j];
            rows[j] = rows[i];
            rows[i] = row;
            drawn.set(row);
        }
        return drawn;
    }
}
