package io.graft.engine.metrics.comparison;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Sufficient statistics for each example, for metrics that are not a mean over examples: a resample adds the statistics of
 * its examples up and computes the metric anew (Koehn 2004, "Statistical significance tests for machine translation
 * evaluation").
 */
public final class CorpusScores implements Scores {
    private final Statistics statistics;
    private final ToDoubleBiFunction<Statistics, int[]> score;
    private final double span;

    private CorpusScores(Statistics statistics, ToDoubleBiFunction<Statistics, int[]> score, double span) {
        new InputCheck()
                .require(span > 0, "span", "is " + span, "give the range of the metric, such as 100")
                .done();
        this.statistics = statistics;
        this.score = score;
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
        return new CorpusScores(new Statistics.Dense(copy), ofSums(metric), span);
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
        return new CorpusScores(new Statistics.Counts(copy, width), ofSums(metric), span);
    }

    /**
     * Takes a metric that no sums decide, such as a correlation of ranks.
     *
     * @param values one row an example, all of one width
     * @param metric of the rows that are drawn, not to be changed; finite
     * @param span the range of the metric
     */
    public static CorpusScores ofSample(double[][] values, ToDoubleFunction<double[][]> metric, double span) {
        double[][] copy = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
        return new CorpusScores(
                new Statistics.Dense(copy),
                (statistics, examples) -> {
                    double[][] drawn = new double[examples.length][statistics.width()];
                    for (int i = 0; i < drawn.length; i++) {
                        statistics.addTo(drawn[i], examples[i]);
                    }
                    return metric.applyAsDouble(drawn);
                },
                span);
    }

    private static ToDoubleBiFunction<Statistics, int[]> ofSums(CorpusMetric metric) {
        return (statistics, examples) -> {
            double[] sums = new double[statistics.width()];
            for (int example : examples) {
                statistics.addTo(sums, example);
            }
            return metric.of(sums);
        };
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
        return score.applyAsDouble(statistics, examples);
    }

    @Override
    public CorpusScores only(int[] examples) {
        return new CorpusScores(statistics.only(examples), score, span);
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
