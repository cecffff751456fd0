package io.graft.engine.metrics.gate;

/** Which values of a metric are good. */
public enum Direction {
    /** As of accuracy, F1 and BLEU. */
    HIGHER_IS_BETTER,
    /** As of error rates, loss and perplexity. */
    LOWER_IS_BETTER
}
