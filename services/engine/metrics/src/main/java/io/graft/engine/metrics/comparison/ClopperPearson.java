package io.graft.engine.metrics.comparison;

import org.hipparchus.distribution.continuous.BetaDistribution;

/**
 * Exact bounds of a proportion (Clopper and Pearson 1934): err with at most the chosen probability for every true value.
 *
 * @param successes from 0 to {@code examples}
 */
public record ClopperPearson(int successes, int examples) implements Bounds {
    @Override
    public double estimate() {
        return (double) successes / examples;
    }

    @Override
    public double lower(double alpha) {
        return successes == 0
                ? 0
                : new BetaDistribution(successes, examples - successes + 1.0).inverseCumulativeProbability(alpha);
    }

    @Override
    public double upper(double alpha) {
        return successes == examples
                ? 1
                : new BetaDistribution(successes + 1.0, (double) examples - successes)
                        .inverseCumulativeProbability(1 - alpha);
    }
}
