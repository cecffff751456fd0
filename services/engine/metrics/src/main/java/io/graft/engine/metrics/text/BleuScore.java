package io.graft.engine.metrics.text;

import java.util.List;

/**
 * BLEU with its parts.
 *
 * @param score from 0 to 100
 * @param precisions smoothed, of 1 to 4 tokens, from 0 to 100; 0 for orders longer than any hypothesis
 * @param brevityPenalty 1, or less when the hypotheses are shorter than the references
 * @param hypothesisLength in tokens
 * @param referenceLength in tokens, of the reference closest in length
 */
public record BleuScore(
        double score, List<Double> precisions, double brevityPenalty, long hypothesisLength, long referenceLength) {
    public BleuScore {
        precisions = List.copyOf(precisions);
    }
}
