package io.graft.engine.pruning;

/** Why a pruning cannot be done; the stable part of a {@link PruningException}. */
public enum PruningProblem {
    /** Neither a ratio nor a number of classes is given, or both are. */
    BUDGET_CHOICE,
    /** The share to prune is outside [0, 0.99]. */
    RATIO_RANGE,
    /** No class would be kept, or more classes than there are. */
    CLASSES_TO_KEEP,
    /** The method chooses samples, so it cannot keep a number of classes. */
    CLASSES_UNSUPPORTED,
    /** What is kept would hold no sample. */
    NOTHING_KEPT,
    /** The method needs labels of the source and there are none. */
    LABELS_MISSING,
    /** A label is not a class of the source. */
    LABEL_RANGE,
    /** The source has no sample. */
    SOURCE_EMPTY,
    /** The target has no sample. */
    TARGET_EMPTY,
    /** The surrogate predicts another number of classes than the source has. */
    SURROGATE_CLASSES,
    /** Rows that the method needs are not given. */
    ROWS_MISSING,
    /** Features of source and target, or two rows, differ in width. */
    DIMENSION,
    /** There are fewer or more rows than samples. */
    ROW_COUNT,
    /** A row holds NaN or infinity. */
    NOT_FINITE,
    /** There are more clusters than samples. */
    CLUSTERS,
    /** Rows of the target's test split were used. */
    LEAK
}
