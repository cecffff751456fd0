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
    private final Statistics statistics;
    private final CorpusMetric metric;
    private final double span;

    private CorpusScores(Statistics statistics, CorpusMetric metric, double span) {
        new InputCheck()
                .require(span > 0, "span", "is " + span, "give the range of the metric, such as 100")
                .done();
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
        double[][] copy = Arrays.stream(statistics).map(double[]::clone).toArray(double[][]::new);
        return new CorpusScores(new Statistics.Dense(copy), metric, span);
    }

    /**
     * Takes statistics that are counts, each example adding one to a few of very many sums.
     *
     * @param places for each example the sums that it adds one to, from 0 to {@code width - 1}
     * @param width how many sums there are
     * @param span the range of the metric
     */
    public static CorpusScores ofCounts(int[][] places, int width, CorpusMetric metric, double span) {
        int[][] copy = Arrays.stream(places).map(int[]::clone).toArray(int[][]::new);
        return new CorpusScores(new Statistics.Counts(copy, width), metric, span);
    }

    @Override
    public int size() {
        return statistics.size();
    }

    @Override
    public double value() {
        return value(IntStream.range(0, size()).toArray());
    }

    @Override
    public double value(int[] examples) {
        double[] sums = new double[statistics.width()];
        for (int example : examples) {
            statistics.addTo(sums, example);
        }
        return metric.of(sums);
    }

    @Override
    public CorpusScores only(int[] examples) {
        return new CorpusScores(statistics.only(examples), metric, span);
    }

    @Override
    public boolean differs(Scores other, int example) {
        return !(other instanceof CorpusScores scores) || !statistics.agrees(scores.statistics, example);
    }

    @Override
    public double span() {
        return span;
    }
}
