package io.graft.engine.methods.objective;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Losses;

/**
 * Cross entropy of a label.
 *
 * @param name in the catalogue
 * @param pairs whether an example is a pair of texts
 * @param smoothing share of each target that is spread over the labels
 */
public record LabelPrediction(String name, boolean pairs, double smoothing) implements Objective {
    /**
     * Mean loss of logits [batch, labels].
     *
     * @param labels [batch], {@link Losses#IGNORED} for rows without one
     * @param targets number of targets of the whole step, when it is made of several batches; 0 for this batch's own
     */
    public Losses.Counted loss(Tensor logits, Tensor labels, long targets) {
        return Losses.logitsCrossEntropy(logits, labels, new Losses.Reduction(smoothing, 0, (double) targets));
    }
}
