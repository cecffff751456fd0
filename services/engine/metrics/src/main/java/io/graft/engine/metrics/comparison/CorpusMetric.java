package io.graft.engine.metrics.comparison;

/** Makes one score out of sums over examples: BLEU from n-gram counts, WER from edits and words, perplexity from tokens. */
@FunctionalInterface
public interface CorpusMetric {
    /**
     * The score.
     *
     * @param sums the statistics of all examples, added up
     */
    double of(double[] sums);
}
