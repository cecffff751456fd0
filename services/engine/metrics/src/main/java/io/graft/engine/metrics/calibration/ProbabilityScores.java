package io.graft.engine.metrics.calibration;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Proper scores of probabilities, for each example, so that they can be averaged or compared. Rows of probabilities sum to 1
 * within 1e-3.
 */
public final class ProbabilityScores {
    private static final double SUM_TOLERANCE = 1e-3;

    private ProbabilityScores() {}

    /** Negative log-likelihood of the true class in nats, 0 or more; infinite where the model ruled the truth out. */
    public static double[] negativeLogLikelihood(double[][] probabilities, int[] labels) {
        check(probabilities, labels);
        return IntStream.range(0, labels.length)
                .mapToDouble(i -> -Math.log(probabilities[i][labels[i]]))
                .toArray();
    }

    /** The score of Brier (1950): squared differences to the truth, summed over all classes, from 0 to 2. */
    public static double[] brier(double[][] probabilities, int[] labels) {
        check(probabilities, labels);
        return IntStream.range(0, labels.length)
                .mapToDouble(i -> IntStream.range(0, probabilities[i].length)
                        .mapToDouble(c -> square(probabilities[i][c] - (c == labels[i] ? 1 : 0)))
                        .sum())
                .toArray();
    }

    /** The most likely class of each example; the first of equals. */
    public static int[] predictions(double[][] probabilities) {
        return Arrays.stream(probabilities)
                .mapToInt(row -> IntStream.range(0, row.length).reduce(0, (best, c) -> row[c] > row[best] ? c : best))
                .toArray();
    }

    /** The probability of the most likely class of each example. */
    public static double[] confidences(double[][] probabilities) {
        return Arrays.stream(probabilities)
                .mapToDouble(row -> Arrays.stream(row).max().orElseThrow())
                .toArray();
    }

    private static double square(double value) {
        return value * value;
    }

    private static void check(double[][] probabilities, int[] labels) {
        InputCheck check = new InputCheck()
                .parallel("probabilities", probabilities.length, "labels", labels.length)
                .matrix("probabilities", probabilities);
        check.labels("labels", labels, probabilities.length == 0 ? 0 : probabilities[0].length);
        for (int i = 0; i < probabilities.length; i++) {
            double sum = Arrays.stream(probabilities[i]).sum();
            check.require(
                    Math.abs(sum - 1) <= SUM_TOLERANCE
                            && Arrays.stream(probabilities[i]).allMatch(p -> p >= 0),
                    "probabilities[" + i + "]",
                    "sums to " + sum + " or has a negative value",
                    "give probabilities, for example the softmax of the logits");
        }
        check.done();
    }
}
