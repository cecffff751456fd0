package io.graft.engine.metrics.comparison;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sufficient statistics for each example, for metrics that are not a mean over examples: a resample adds the statistics of
 * its examples up and computes the metric anew (Koehn 2004, "Statistical significance tests for machine translation
 * evaluation").
 */
public final class CorpusScores implements Scores {
    private final double[][] statistics;
    private final CorpusMetric metric;
    private final double span;

    private CorpusScores(double[][] statistics, CorpusMetric metric, double span) {
        this.statistics = statistics;
        this.metric = metric;
        this.span = span;
    }

    /**
     * Takes the statistics of each example.
     *
     * @param statistics one row an example, all of one width
     * @param span the range of the metric: 100 for BLEU, 1 for rates
     */
    public static CorpusScores of(double[][] statistics, CorpusMetric metric, double span) {
        new InputCheck()
                .matrix("statistics", statistics)
                .require(span > 0, "span", "is " + span, "give the range of the metric, such as 100")
                .done();
        return new CorpusScores(Arrays.stream(statistics).map(double[]::clone).toArray(double[][]::new), metric, span);
    }

    @Override
    public int size() {
        return statistics.length;
    }

    @Override
    public double value() {
        return value(IntStream.range(0, size()).toArray());
    }

    @Override
    public double value(int[] examples) {
        double[] sums = new double[statistics[0].length];
        for (int example : examples) {
            double[] row = statistics[example];
            for (int i = 0; i < sums.length; i++) {
                sums[i] += row[i];
            }
        }
        return metric.of(sums);
    }

    @Override
    public CorpusScores only(int[] examples) {
        return of(Arrays.stream(examples).mapToObj(e -> statistics[e]).toArray(double[][]::new), metric, span);
    }

    @Override
    public boolean differs(Scores other, int example) {
        return !(other instanceof CorpusScores scores)
                || !Arrays.equals(scores.statistics[example], statistics[example]);
    }

    @Override
    public double span() {
        return span;
    }
}
