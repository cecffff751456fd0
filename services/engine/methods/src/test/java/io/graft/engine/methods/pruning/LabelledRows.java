package io.graft.engine.methods.pruning;

import io.graft.engine.pruning.KeptSamples;

/** Inputs of a width and a class each. */
record LabelledRows(float[][] inputs, int[] labels, int classes) {
    int count() {
        return labels.length;
    }

    int width() {
        return inputs[0].length;
    }

    /** Those that a pruning kept, with the same class numbers. */
    LabelledRows only(KeptSamples kept) {
        int[] indices = kept.indices().toArray();
        float[][] inputsKept = new float[indices.length][];
        int[] labelsKept = new int[indices.length];
        for (int place = 0; place < indices.length; place++) {
            inputsKept[place] = inputs[indices[place]];
            labelsKept[place] = labels[indices[place]];
        }
        return new LabelledRows(inputsKept, labelsKept, classes);
    }
}
