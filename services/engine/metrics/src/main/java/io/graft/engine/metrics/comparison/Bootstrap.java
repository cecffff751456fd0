package io.graft.engine.metrics.comparison;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * A statistic over resamples of the examples, drawn with replacement (Efron and Tibshirani 1993). {@link #percentile} and
 * {@link #pNotAbove} are the plain percentile bootstrap; {@link #lower} and {@link #upper} take the more careful of the
 * percentile and the Student interval around the estimate, because percentiles alone are too narrow on few examples.
 * Immutable; the same seed gives the same numbers.
 */
public final class Bootstrap implements Bounds {
    /** Enough for bounds at 0.01. */
    public static final int DEFAULT_RESAMPLES = 2000;

    private static final int MIN_RESAMPLES = 100;

    private final double estimate;
    private final double[] sorted;
    private final int examples;
    private final double standardError;

    private Bootstrap(double estimate, double[] sorted, int examples, double standardError) {
        this.estimate = estimate;
        this.sorted = sorted;
        this.examples = examples;
        this.standardError = standardError;
    }

    /** Resamples one system's metric. */
    public static Bootstrap of(Scores scores, int resamples, long seed) {
        return switch (scores) {
            case ExampleScores each -> ofMean(each, resamples, seed);
            case CorpusScores corpus -> ofStatistic(corpus::value, corpus.value(), corpus.size(), resamples, seed);
        };
    }

    /**
     * Resamples the difference of two systems on the same examples, candidate less baseline. Each resample takes the same
     * examples of both.
     *
     * @param resamples 100 or more
     * @throws io.graft.engine.metrics.MetricInputException for other numbers of examples or too few resamples
     */
    public static Bootstrap paired(Scores candidate, Scores baseline, int resamples, long seed) {
        new InputCheck()
                .parallel("candidate", candidate.size(), "baseline", baseline.size())
                .done();
        if (candidate instanceof ExampleScores a && baseline instanceof ExampleScores b) {
            double[] differences = new double[a.size()];
            Arrays.setAll(differences, i -> a.get(i) - b.get(i));
            return ofMean(ExampleScores.of(differences), resamples, seed);
        }
        return ofStatistic(
                e -> candidate.value(e) - baseline.value(e),
                candidate.value() - baseline.value(),
                candidate.size(),
                resamples,
                seed);
    }

    private static Bootstrap ofMean(ExampleScores scores, int resamples, long seed) {
        int n = scores.size();
        double[] sorted = resample(scores::value, n, resamples, seed);
        double[] values = new double[n];
        Arrays.setAll(values, scores::get);
        double error = n < 2 ? Double.POSITIVE_INFINITY : spread(values, n * (n - 1.0));
        return new Bootstrap(scores.value(), sorted, n, error);
    }

    private static Bootstrap ofStatistic(
            ToDoubleFunction<int[]> statistic, double estimate, int n, int resamples, long seed) {
        double[] sorted = resample(statistic, n, resamples, seed);
        double error = n < 2 ? Double.POSITIVE_INFINITY : spread(sorted, (resamples - 1.0) * (n - 1.0) / n);
        return new Bootstrap(estimate, sorted, n, error);
    }

    private static double[] resample(ToDoubleFunction<int[]> statistic, int examples, int resamples, long seed) {
        new InputCheck()
                .require(
                        resamples >= MIN_RESAMPLES,
                        "resamples",
                        "is " + resamples,
                        "take " + MIN_RESAMPLES + " or more, better " + DEFAULT_RESAMPLES)
                .done();
        SplittableRandom random = new SplittableRandom(seed);
        int[] drawn = new int[examples];
        double[] values = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            for (int i = 0; i < examples; i++) {
                drawn[i] = random.nextInt(examples);
            }
            values[r] = statistic.applyAsDouble(drawn);
        }
        Arrays.sort(values);
        return values;
    }

    @Override
    public double estimate() {
        return estimate;
    }

    /** The percentile interval. */
    public Interval percentile(double level) {
        double outside = (1 - level) / 2;
        return new Interval(quantile(outside), quantile(1 - outside), level);
    }

    /** One-sided p: how often a resample's value is not above a threshold, with the observed sample counted in. */
    public double pNotAbove(double threshold) {
        long notAbove = Arrays.stream(sorted).filter(v -> v <= threshold).count();
        return (notAbove + 1.0) / (sorted.length + 1.0);
    }

    /** One-sided p: how often a resample's value is not below a threshold, with the observed sample counted in. */
    public double pNotBelow(double threshold) {
        long notBelow = Arrays.stream(sorted).filter(v -> v >= threshold).count();
        return (notBelow + 1.0) / (sorted.length + 1.0);
    }

    /**
     * The standard error: of a mean from the sample itself, else from the resamples, corrected for the small sample;
     * infinite for one example.
     */
    public double standardError() {
        return standardError;
    }

    private static double spread(double[] values, double divisor) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / divisor);
    }

    @Override
    public double lower(double alpha) {
        return examples < 2
                ? Double.NEGATIVE_INFINITY
                : Math.min(quantile(alpha), estimate - studentQuantile(alpha) * standardError);
    }

    @Override
    public double upper(double alpha) {
        return examples < 2
                ? Double.POSITIVE_INFINITY
                : Math.max(quantile(1 - alpha), estimate + studentQuantile(alpha) * standardError);
    }

    private double studentQuantile(double alpha) {
        return new TDistribution(examples - 1.0).inverseCumulativeProbability(1 - alpha);
    }

    private double quantile(double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
