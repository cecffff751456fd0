package io.graft.engine.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Examples to learn from and examples that are kept back, each in the order of the data set. */
public record HoldoutSplit(List<Example> train, List<Example> held) {
    public HoldoutSplit {
        train = List.copyOf(train);
        held = List.copyOf(held);
    }

    /**
     * Keeps back a share of the rows, to the nearest whole one, at least one and not all; the same for the same seed and
     * number of rows.
     *
     * @param fraction above 0 and below 1
     */
    public static HoldoutSplit byFraction(List<Example> all, double fraction, long seed) {
        BitSet kept = heldBack(all.size(), fraction, seed);
        List<Example> train = new ArrayList<>();
        List<Example> held = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            (kept.get(i) ? held : train).add(all.get(i));
        }
        return new HoldoutSplit(train, held);
    }

    /** The indices that {@link #byFraction} keeps back of so many rows. */
    static BitSet heldBack(int rows, double fraction, long seed) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new DataException("A share of " + fraction + " cannot be kept back. Say one above 0 and below 1.");
        }
        if (rows < 2) {
            throw new DataException("Of " + rows + " rows none can be kept back. Add rows, or keep back a split.");
        }
        int count = (int) Math.clamp(Math.round(rows * fraction), 1, rows - 1);
        int[] order = Shuffling.order(rows, seed, 0);
        BitSet kept = new BitSet(rows);
        for (int i = 0; i < count; i++) {
            kept.set(order[i]);
        }
        return kept;
    }
}
