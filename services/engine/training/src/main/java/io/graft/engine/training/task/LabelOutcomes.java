package io.graft.engine.training.task;

import io.graft.engine.tensors.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Takes scores of labels apart, row by row. */
final class LabelOutcomes {
    private LabelOutcomes() {}

    /**
     * The outcomes of a batch.
     *
     * @param logits [batch, labels]
     * @param labels the true ones
     * @param positions where each row stands among all
     */
    static List<RowOutcome> of(Tensor logits, int[] labels, int[] positions) {
        int width = Math.toIntExact(logits.size(1));
        float[] scores = logits.toFloats();
        List<RowOutcome> outcomes = new ArrayList<>();
        for (int r = 0; r < labels.length; r++) {
            outcomes.add(labelled(scores, r * width, width, labels[r], positions[r]));
        }
        return outcomes;
    }

    private static RowOutcome labelled(float[] scores, int at, int width, int label, int position) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < width; c++) {
            highest = Math.max(highest, scores[at + c]);
        }
        double[] probabilities = new double[width];
        double sum = 0;
        for (int c = 0; c < width; c++) {
            probabilities[c] = Math.exp(scores[at + c] - highest);
            sum += probabilities[c];
        }
        for (int c = 0; c < width; c++) {
            probabilities[c] /= sum;
        }
        return new RowOutcome.Labelled(position, Math.log(sum) + highest - scores[at + label], label, probabilities);
    }
}
