package io.graft.engine.metrics.comparison;

import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * The exact test of McNemar (1947) for two systems that solve the same examples or not: under the hypothesis of no
 * difference, which of the two solves an example that only one solves is a fair coin.
 *
 * @param onlyCandidate examples that the candidate alone solves
 * @param onlyBaseline examples that the baseline alone solves
 * @param p two-sided: of any difference, twice the smaller tail, at most 1 (as {@code mcnemar(exact=True)} of statsmodels)
 * @param pCandidateBetter one-sided: of a candidate that is this much better by chance
 */
public record McNemar(int onlyCandidate, int onlyBaseline, double p, double pCandidateBetter) {
    /** Tests the counts of examples that one alone solves. */
    public static McNemar of(int onlyCandidate, int onlyBaseline) {
        BinomialDistribution coin = new BinomialDistribution(onlyCandidate + onlyBaseline, 0.5);
        double upperTail = coin.cumulativeProbability(onlyBaseline);
        double smaller = coin.cumulativeProbability(Math.min(onlyCandidate, onlyBaseline));
        return new McNemar(onlyCandidate, onlyBaseline, Math.min(1, 2 * smaller), upperTail);
    }

    /**
     * Tests scores of 0 and 1.
     *
     * @throws io.graft.engine.metrics.MetricInputException for other scores or other numbers of examples
     */
    public static McNemar of(ExampleScores candidate, ExampleScores baseline) {
        PairedCounts counts = PairedCounts.of(candidate, baseline);
        return of(counts.onlyCandidate(), counts.onlyBaseline());
    }
}
