package io.graft.engine.methods.objective;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Losses;

/**
 * Cross entropy of the next token.
 *
 * @param smoothing share of each target that is spread over the vocabulary
 * @param zLoss factor of the squared logarithm of the softmax's normaliser; 0 for none
 * @param completionOnly whether only what answers a prompt is learnt, where the data tell prompts from completions
 */
public record LanguageModeling(double smoothing, double zLoss, boolean completionOnly) implements Objective {
    @Override
    public String name() {
        return CausalLm.NAME;
    }

    /**
     * How a model that computes the loss without holding all logits should reduce it.
     *
     * @param targets number of targets of the whole step, when it is made of several batches; 0 for this batch's own
     */
    public Losses.Reduction reduction(long targets) {
        return new Losses.Reduction(smoothing, zLoss, (double) targets);
    }

    /**
     * Mean loss of logits [batch, length, vocabulary], each position predicting the label after it.
     *
     * @param labels [batch, length], {@link Losses#IGNORED} where nothing is to be learnt; not shifted
     */
    public Losses.Counted loss(Tensor logits, Tensor labels, long targets) {
        long length = labels.size(1);
        Tensor before = logits.slice(1, 0, length - 1).reshape(-1, logits.size(2));
        Tensor after = labels.slice(1, 1, length).reshape(-1);
        return Losses.logitsCrossEntropy(before, after, reduction(targets));
    }
}
