package io.graft.platform.submission.training;

import io.graft.platform.submission.DataInput;
import io.graft.v1.TrainingData;

/**
 * Rows that are there and fit.
 *
 * @param input what the worker pulls
 * @param effective what the specification says about them, with columns and classes filled in
 * @param rows rows to learn from, those kept back not counted; an upper bound when a file is named
 * @param held rows that are kept back; 0 when none are, or when their number is not known
 */
public record CheckedData(DataInput input, TrainingData effective, long rows, long held) {
    /** Classes of the label column; 0 when there is none. */
    public int classes() {
        return effective.getClassesCount();
    }
}
