package io.graft.engine.metrics.representation;

import io.graft.engine.metrics.InputCheck;
import io.graft.engine.metrics.comparison.Interval;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Linear CKA with an interval at 0.95 by the jackknife: the alignment without each of 20 parts of the inputs in turn, every
 * 20th input a part. It holds the products of all pairs of inputs, twice eight bytes a pair.
 *
 * @param value as {@link LinearCka}
 * @param interval normal, cut to 0 to 1
 */
public record CkaInterval(double value, Interval interval) {
    private static final double LEVEL = 0.95;
    private static final double DEVIATIONS = 1.959964;
    private static final int PARTS = 20;

    /**
     * Measures.
     *
     * @throws io.graft.engine.metrics.MetricInputException as {@link LinearCka#of}, or where it is constant without a part
     */
    public static CkaInterval of(double[][] first, double[][] second) {
        double value = LinearCka.of(first, second);
        int parts = Math.min(PARTS, first.length);
        double[][] x = products(first);
        double[][] y = products(second);
        double[] without = new double[parts];
        double mean = 0;
        for (int part = 0; part < parts; part++) {
            int[] kept = kept(first.length, parts, part);
            double own = Math.sqrt(aligned(x, x, kept) * aligned(y, y, kept));
            new InputCheck()
                    .require(own > 0, "first or second", "is the same for nearly every input", "take more inputs")
                    .done();
            without[part] = aligned(x, y, kept) / own;
            mean += without[part] / parts;
        }
        double squares = 0;
        for (double each : without) {
            squares += (each - mean) * (each - mean);
        }
        double margin = DEVIATIONS * Math.sqrt(squares * (parts - 1) / parts);
        return new CkaInterval(value, new Interval(Math.max(0, value - margin), Math.min(1, value + margin), LEVEL));
    }

    private static int[] kept(int inputs, int parts, int part) {
        return IntStream.range(0, inputs).filter(i -> i % parts != part).toArray();
    }

    private static double[][] products(double[][] rows) {
        double[][] products = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int f = 0; f < rows[i].length; f++) {
                    sum += rows[i][f] * rows[j][f];
                }
                products[i][j] = sum;
                products[j][i] = sum;
            }
        }
        return products;
    }

    /** The sum of the elementwise product of both, each centred over the inputs that are kept. */
    private static double aligned(double[][] x, double[][] y, int[] kept) {
        double[] xMeans = means(x, kept);
        double[] yMeans = means(y, kept);
        double xMean = Arrays.stream(xMeans).average().orElse(0);
        double yMean = Arrays.stream(yMeans).average().orElse(0);
        double sum = 0;
        for (int i = 0; i < kept.length; i++) {
            for (int j = 0; j < kept.length; j++) {
                sum += (x[kept[i]][kept[j]] - xMeans[i] - xMeans[j] + xMean)
                        * (y[kept[i]][kept[j]] - yMeans[i] - yMeans[j] + yMean);
            }
        }
        return sum;
    }

    private static double[] means(double[][] products, int[] kept) {
        double[] means = new double[kept.length];
        for (int i = 0; i < kept.length; i++) {
            for (int j : kept) {
                means[i] += products[kept[i]][j] / kept.length;
            }
        }
        return means;
    }
}
