package io.graft.engine.methods.objective;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.nn.Functional;
import io.graft.engine.tensors.nn.Losses;

/**
 * InfoNCE with the other rows of the batch as negatives.
 *
 * @param temperature what cosines are divided by
 * @param symmetric whether the second texts look for the first, too
 */
public record ContrastiveLearning(double temperature, boolean symmetric) implements Objective {
    @Override
    public String name() {
        return Contrastive.NAME;
    }

    /**
     * Mean of {@code -log exp(cos(a_i, b_i)/t) / sum_j exp(cos(a_i, b_j)/t)} over the rows.
     *
     * @param anchors [batch, size], of any length
     * @param positives [batch, size]: row i belongs to anchor i; further rows are negatives for all
     * @throws IllegalArgumentException if there are fewer than two candidates, among which nothing can be told apart
     */
    public Tensor loss(Tensor anchors, Tensor positives) {
        Tensor scores = scores(anchors, positives);
        Tensor targets = Tensors.arange(anchors.torch(), 0, anchors.size(0));
        Tensor forward = Losses.crossEntropy(scores, targets, 0);
        return symmetric
                ? forward.add(Losses.crossEntropy(backward(scores), targets, 0)).mul(0.5)
                : forward;
    }

    /** The same for each anchor, [batch]. */
    public Tensor lossEach(Tensor anchors, Tensor positives) {
        Tensor scores = scores(anchors, positives);
        Tensor targets = Tensors.arange(anchors.torch(), 0, anchors.size(0));
        Tensor forward = Losses.crossEntropyEach(scores, targets, 0);
        return symmetric
                ? forward.add(Losses.crossEntropyEach(backward(scores), targets, 0))
                        .mul(0.5)
                : forward;
    }

    private Tensor scores(Tensor anchors, Tensor positives) {
        long rows = anchors.size(0);
        if (positives.size(0) < Math.max(2, rows)) {
            throw new IllegalArgumentException("In-batch negatives need at least two rows and a positive for each: "
                    + rows + " anchors, " + positives.size(0) + " candidates; use a larger batch");
        }
        return Functional.normalize(anchors, 1)
                .matmul(Functional.normalize(positives, 1).t())
                .div(temperature);
    }

    private static Tensor backward(Tensor scores) {
        return scores.slice(1, 0, scores.size(0)).t();
    }
}
