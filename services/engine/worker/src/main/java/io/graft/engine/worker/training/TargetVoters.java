package io.graft.engine.worker.training;

import io.graft.engine.pruning.TargetSplit;
import io.graft.platform.datasets.Dataset;
import io.graft.platform.datasets.file.Splits;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowCursor;
import io.graft.platform.datasets.row.RowProblems;
import java.io.IOException;
import java.util.BitSet;

/** Tells which rows of a target guide a pruning: those that are learnt from. */
final class TargetVoters {
    private static final String TEST = "test";

    private TargetVoters() {}

    /**
     * The rows of the split that are not kept back, by index within the split.
     *
     * @throws io.graft.engine.pruning.PruningException if there is none, or one lies in a file of the test split
     */
    static TargetSplit of(DataRows target) throws IOException {
        BitSet used = new BitSet();
        BitSet test = new BitSet();
        long most = target.data().getMaxRows();
        Dataset part = Dataset.ofFolder(target.folder()).part(target.data().getSplit());
        int index = 0;
        try (RowCursor cursor = part.rows(RowProblems.none())) {
            for (Row row = cursor.next(); row != null && (most == 0 || index < most); row = cursor.next()) {
                used.set(index);
                test.set(index, Splits.of(row.file()).equals(TEST));
                index++;
            }
        }
        used.and(target.learnt(index));
        return new TargetSplit(used, test);
    }

    /** The rows before the last voter that do not vote. */
    static BitSet leftOut(TargetSplit split) {
        BitSet left = new BitSet();
        left.set(0, split.used().length());
        left.andNot(split.used());
        return left;
    }
}
