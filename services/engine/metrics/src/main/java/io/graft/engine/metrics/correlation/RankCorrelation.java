package io.graft.engine.metrics.correlation;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.hipparchus.stat.correlation.KendallsCorrelation;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.correlation.SpearmansCorrelation;

/** Correlations from -1 to 1 between two lists of values; NaN when one of them is constant. */
public final class RankCorrelation {
    private RankCorrelation() {}

    /** Of the values. */
    public static double pearson(double[] x, double[] y) {
        check(x, y);
        return new PearsonsCorrelation().correlation(x, y);
    }

    /** Of the ranks, ties taking their mean rank. */
    public static double spearman(double[] x, double[] y) {
        check(x, y);
        return new SpearmansCorrelation().correlation(x, y);
    }

    /** Kendall's tau-b: agreeing less disagreeing pairs, corrected for ties. */
    public static double kendall(double[] x, double[] y) {
        check(x, y);
        return new KendallsCorrelation().correlation(x, y);
    }

    /**
     * Kendall's tau in which pairs with high values count more (Vigna 2015): weights {@code 1 / (rank + 1)}, added, the mean
     * of ranking by the one and by the other; SciPy's {@code weightedtau}.
     */
    public static double weightedTau(double[] x, double[] y) {
        check(x, y);
        return (weightedTau(x, y, weights(x, y)) + weightedTau(x, y, weights(y, x))) / 2;
    }

    private static double weightedTau(double[] x, double[] y, double[] weights) {
        double agreement = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                double weight = weights[i] + weights[j];
                double a = Math.signum(x[i] - x[j]);
                double b = Math.signum(y[i] - y[j]);
                agreement += a * b * weight;
                first += a * a * weight;
                second += b * b * weight;
            }
        }
        return agreement / Math.sqrt(first * second);
    }

    /** By rank in the first list from the highest value, ties by the second list. */
    private static double[] weights(double[] first, double[] second) {
        Integer[] order = IntStream.range(0, first.length).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order,
                Comparator.<Integer>comparingDouble(i -> first[i])
                        .thenComparingDouble(i -> second[i])
                        .reversed());
        double[] weights = new double[first.length];
        for (int rank = 0; rank < order.length; rank++) {
            weights[order[rank]] = 1.0 / (rank + 1);
        }
        return weights;
    }

    private static void check(double[] x, double[] y) {
        new InputCheck()
                .parallel("x", x.length, "y", y.length)
                .require(x.length > 1, "x", "has " + x.length + " values", "give at least two")
                .finite("x", x)
                .finite("y", y)
                .done();
    }
}
