package io.graft.engine.metrics.representation;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A linear classifier on frozen features: multinomial logistic regression that minimises the mean loss plus {@code l2 / 2}
 * times the squared weights, the intercepts left free. The same as scikit-learn's {@code LogisticRegression} with {@code C =
 * 1 / (l2 n)}. Features are taken as they are; bring them to a common scale before, if theirs differ widely. Immutable.
 */
public final class LinearProbe {
    private final double[] weights;
    private final int classes;
    private final int dimension;

    private LinearProbe(double[] weights, int classes, int dimension) {
        this.weights = weights;
        this.classes = classes;
        this.dimension = dimension;
    }

    /**
     * Fits by L-BFGS.
     *
     * @param features one row an example
     * @param labels from 0; all numbers up to the highest are classes
     * @param l2 above 0
     * @throws io.graft.engine.metrics.MetricInputException for other shapes, values that are not finite, fewer than two
     *     classes
     */
    public static LinearProbe fit(double[][] features, int[] labels, double l2) {
        int classes = Arrays.stream(labels).max().orElse(-1) + 1;
        new InputCheck()
                .matrix("features", features)
                .parallel("features", features.length, "labels", labels.length)
                .labels("labels", labels, classes)
                .require(Arrays.stream(labels).distinct().count() > 1, "labels", "has one class", "give at least two")
                .require(l2 > 0, "l2", "is " + l2, "take a small number above 0, for example 1e-3")
                .done();
        int dimension = features[0].length;
        LogisticLoss loss = new LogisticLoss(features, labels, classes, l2);
        return new LinearProbe(Lbfgs.minimise(loss, new double[classes * (dimension + 1)]), classes, dimension);
    }

    /** The probability of each class for each example. */
    public double[][] probabilities(double[][] features) {
        return Arrays.stream(features)
                .map(row -> LogisticLoss.softmax(weights, row, classes))
                .toArray(double[][]::new);
    }

    /** The most likely class of each example, the lowest of equals. */
    public int[] predict(double[][] features) {
        return Arrays.stream(probabilities(features))
                .mapToInt(row -> IntStream.range(0, classes).reduce(0, (best, c) -> row[c] > row[best] ? c : best))
                .toArray();
    }

    /** The weight of a feature for a class; the intercept for the index after the last feature. */
    public double weight(int label, int feature) {
        return weights[label * (dimension + 1) + feature];
    }
}
