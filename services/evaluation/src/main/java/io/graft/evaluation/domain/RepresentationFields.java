package io.graft.evaluation.domain;

import io.graft.platform.submission.SpecFields;
import io.graft.v1.DataColumns;
import io.graft.v1.FeaturePooling;

/** What jobs that look at the features of versions have in common. */
final class RepresentationFields {
    static final long LARGEST_SEED = 1L << 53;

    private static final int MOST_ROWS = 4096;
    private static final int LONGEST = 1 << 20;
    private static final int STANDARD_BATCH = 32;

    private RepresentationFields() {}

    static void pooling(SpecFields fields, FeaturePooling pooling, boolean named) {
        fields.require(pooling != FeaturePooling.UNRECOGNIZED, "spec.pooling", "is none of HEAD, MEAN, FIRST, LAST");
        fields.require(
                pooling != FeaturePooling.FEATURE_POOLING_HEAD || !named,
                "spec.pooling",
                "is HEAD, but a layer is named; give MEAN, FIRST or LAST, or no layer");
    }

    /** How features come about where nothing is said. */
    static FeaturePooling pooling(FeaturePooling asked, boolean named, DataColumns columns) {
        if (asked != FeaturePooling.FEATURE_POOLING_UNSPECIFIED) {
            return asked;
        }
        boolean pictures = !columns.getImage().isEmpty();
        return pictures && !named ? FeaturePooling.FEATURE_POOLING_HEAD : FeaturePooling.FEATURE_POOLING_MEAN;
    }

    /** Notes a pooling of tokens where pictures have none. */
    static void requireHead(SpecFields fields, FeaturePooling asked, boolean named, DataColumns columns) {
        boolean states =
                asked != FeaturePooling.FEATURE_POOLING_UNSPECIFIED && asked != FeaturePooling.FEATURE_POOLING_HEAD;
        fields.require(
                columns.getImage().isEmpty() || named || !states,
                "spec.pooling",
                "pools tokens or patches, and without a named layer pictures have the features that go into the head;"
                        + " leave it out, or name a layer");
    }

    static void batches(SpecFields fields, int batchSize, int maxLength) {
        fields.range("spec.batch_size", batchSize, 0, MOST_ROWS);
        fields.range("spec.max_length", maxLength, 0, LONGEST);
    }

    static int batchSize(int asked) {
        return asked == 0 ? STANDARD_BATCH : asked;
    }
}
