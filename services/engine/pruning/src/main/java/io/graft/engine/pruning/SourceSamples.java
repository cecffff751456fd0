package io.graft.engine.pruning;

import java.util.BitSet;
import java.util.Collection;

/** The samples that may be pruned, each with its class or all without. Four bytes a sample. */
public final class SourceSamples {
    private final int count;
    private final int classes;
    private final int[] labels;

    private SourceSamples(int count, int classes, int[] labels) {
        this.count = count;
        this.classes = classes;
        this.labels = labels;
        if (count == 0) {
            throw new PruningException(
                    PruningProblem.SOURCE_EMPTY, "the source has no sample: there is nothing to prune");
        }
    }

    /**
     * Samples with labels.
     *
     * @param classes how many there are, also those without a sample
     * @param labels of each sample, from 0; copied
     * @throws PruningException if there is no sample, or a label is not below {@code classes}
     */
    public static SourceSamples labelled(int classes, int[] labels) {
        for (int sample = 0; sample < labels.length; sample++) {
            if (labels[sample] < 0 || labels[sample] >= classes) {
                throw new PruningException(
                        PruningProblem.LABEL_RANGE,
                        "sample " + sample + " of the source has label " + labels[sample] + ", but there are " + classes
                                + " classes, from 0 to " + (classes - 1));
            }
        }
        return new SourceSamples(labels.length, classes, labels.clone());
    }

    /** Samples without labels. */
    public static SourceSamples unlabelled(int count) {
        return new SourceSamples(count, 0, new int[0]);
    }

    /** How many samples there are. */
    public int count() {
        return count;
    }

    /** How many classes there are; 0 without labels. */
    public int classes() {
        return classes;
    }

    /**
     * The class of a sample.
     *
     * @throws PruningException if there are no labels
     */
    public int label(int sample) {
        if (labels.length == 0) {
            throw new PruningException(
                    PruningProblem.LABELS_MISSING,
                    "the source has no labels; name their column, or choose feature_mapping with prototypes kmeans");
        }
        return labels[sample];
    }

    /** How many samples each class has. */
    public int[] classSizes() {
        int[] sizes = new int[classes];
        for (int label : labels) {
            sizes[label]++;
        }
        return sizes;
    }

    /** The samples of some classes. */
    public KeptSamples of(Collection<Integer> kept) {
        boolean[] wanted = new boolean[classes];
        kept.forEach(each -> wanted[each] = true);
        BitSet samples = new BitSet(count);
        for (int sample = 0; sample < count; sample++) {
            if (wanted[label(sample)]) {
                samples.set(sample);
            }
        }
        return new KeptSamples(samples, count);
    }
}
