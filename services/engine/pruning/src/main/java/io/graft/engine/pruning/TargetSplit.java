package io.graft.engine.pruning;

import java.util.BitSet;
import java.util.stream.Collectors;

/**
 * The rows of the target that guide a pruning. What is measured on the test split later would be worthless if they were
 * among them.
 *
 * @param used indices of the rows in the target data set, in whose order the target's {@link Rows} come
 * @param test indices of the test split in the same data set; empty if that is a data set of its own
 */
public record TargetSplit(BitSet used, BitSet test) {
    private static final int SHOWN = 10;

    /**
     * Copies both.
     *
     * @throws PruningException if no row is used, or one of the test split is
     */
    public TargetSplit {
        used = (BitSet) used.clone();
        test = (BitSet) test.clone();
        if (used.isEmpty()) {
            throw new PruningException(
                    PruningProblem.TARGET_EMPTY, "the target has no sample to map; name a data set or split with rows");
        }
        BitSet leaked = (BitSet) used.clone();
        leaked.and(test);
        if (!leaked.isEmpty()) {
            throw new PruningException(
                    PruningProblem.LEAK,
                    leaked.cardinality() + " rows of the target's test split would guide the pruning, such as "
                            + leaked.stream()
                                    .limit(SHOWN)
                                    .mapToObj(Integer::toString)
                                    .collect(Collectors.joining(", "))
                            + "; map the training split only");
        }
    }

    /** The first rows of a data set whose test split is elsewhere. */
    public static TargetSplit ofFirst(int rows) {
        BitSet used = new BitSet(rows);
        used.set(0, rows);
        return new TargetSplit(used, new BitSet());
    }
}
