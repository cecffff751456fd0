package io.graft.engine.pruning;

import java.util.Locale;

/** Rows that a surrogate computes, one a sample. */
public enum RowsOf {
    /** Scores of the source's classes, before the softmax, of each sample of the source. */
    SOURCE_LOGITS,
    /** What the surrogate's head sees of each sample of the source. */
    SOURCE_FEATURES,
    /** Scores of the source's classes, before the softmax, of each sample of the target. */
    TARGET_LOGITS,
    /** What the surrogate's head sees of each sample of the target. */
    TARGET_FEATURES;

    /** Whether they are of the source's samples. */
    public boolean ofSource() {
        return this == SOURCE_LOGITS || this == SOURCE_FEATURES;
    }

    /** As a message says it. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
