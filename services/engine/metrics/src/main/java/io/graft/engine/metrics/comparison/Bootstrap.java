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

    private Bootstrap(double estimate, double[] sorted, int examples) {
        this.estimate = estimate;
        this.sorted = sorted;
        this.examples = examples;
    }

    /** Resamples one system's metric. */
    public static Bootstrap of(Scores scores, int resamples, long seed) {
        return resample(scores::value, scores.value(), scores.size(), resamples, seed);
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
        double difference = candidate.value() - baseline.value();
        if (candidate instanceof ExampleScores a && baseline instanceof ExampleScores b) {
            double[] differences = new double[a.size()];
            Arrays.setAll(differences, i -> a.get(i) - b.get(i));
            ExampleScores each = ExampleScores.of(differences);
            return resample(each::value, difference, a.size(), resamples, seed);
        }
        return resample(e -> candidate.value(e) - baseline.value(e), difference, candidate.size(), resamples, seed);
    }

    private static Bootstrap resample(
            ToDoubleFunction<int[]> statistic, double estimate, int examples, int resamples, long seed) {
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
        return new Bootstrap(estimate, values, examples);
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

    /** The standard error, corrected for the small sample; infinite for one example. */
    public double standardError() {
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double squares = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum() / (sorted.length - 1);
        return examples < 2 ? Double.POSITIVE_INFINITY : Math.sqrt(squares * examples / (examples - 1.0));
    }

    @Override
    public double lower(double alpha) {
        return examples < 2
                ? Double.NEGATIVE_INFINITY
                : Math.min(quantile(alpha), estimate - studentQuantile(alpha) * standardError());
    }

    @Override
    public double upper(double alpha) {
        return examples < 2
                ? Double.POSITIVE_INFINITY
                : Math.max(quantile(1 - alpha), estimate + studentQuantile(alpha) * standardError());
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
