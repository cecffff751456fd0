package io.graft.engine.worker.representation;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows of finite numbers that come a batch at a time. Not thread-safe. */
final class FeatureRows {
    private final String version;
    private final String what;
    private final List<double[]> rows = new ArrayList<>();

    /**
     * @param version that gives them, for messages
     * @param what they are
     */
    FeatureRows(String version, String what) {
        this.version = version;
        this.what = what;
    }

    /**
     * Adds rows that lie one after the other.
     *
     * @throws GraftException {@code NON_FINITE_SCORES} naming the first row with a number that is not finite
     */
    void add(float[] batch, int count) {
        int width = batch.length / count;
        for (int row = 0; row < count; row++) {
            double[] values = new double[width];
            for (int i = 0; i < width; i++) {
                values[i] = batch[row * width + i];
                requireFinite(values[i]);
            }
            rows.add(values);
        }
    }

    private void requireFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new GraftException(
                    ErrorCode.NON_FINITE_SCORES,
                    version + " has " + what + " of " + value + " in row " + rows.size()
                            + " of those that are looked at: look for NaN or infinity in its weights, or train it again"
                            + " with a lower learning rate",
                    Map.of("version", version, "row", Integer.toString(rows.size())));
        }
    }

    double[][] matrix() {
        return rows.toArray(double[][]::new);
    }

    /** Each row as probabilities, by the softmax. */
    double[][] probabilities() {
        return rows.stream().map(FeatureRows::softmax).toArray(double[][]::new);
    }

    private static double[] softmax(double[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        double[] probabilities = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = Math.exp(logits[i] - largest);
            sum += probabilities[i];
        }
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }
}
