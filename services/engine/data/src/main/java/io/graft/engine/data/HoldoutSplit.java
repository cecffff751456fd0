package io.graft.engine.data;

import java.util.ArrayList;
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
        if (!(fraction > 0 && fraction < 1)) {
            throw new DataException("A share of " + fraction + " cannot be kept back. Say one above 0 and below 1.");
        }
        if (all.size() < 2) {
            throw new DataException(
                    "Of " + all.size() + " rows none can be kept back. Add rows, or keep back a split.");
        }
        int count = (int) Math.clamp(Math.round(all.size() * fraction), 1, all.size() - 1);
        int[] order = Shuffling.order(all.size(), seed, 0);
        boolean[] kept = new boolean[all.size()];
        for (int i = 0; i < count; i++) {
            kept[order[i]] = true;
        }
        List<Example> train = new ArrayList<>();
        List<Example> held = new ArrayList<>();
        for (int i = 0; i < kept.length; i++) {
            (kept[i] ? held : train).add(all.get(i));
        }
        return new HoldoutSplit(train, held);
    }
}
