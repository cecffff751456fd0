package io.graft.engine.metrics.calibration;

/**
 * Predictions of about one confidence: a bar of a reliability diagram.
 *
 * @param low the confidences lie above this; the least of them for bins of equal mass
 * @param high and up to this
 * @param count how many predictions; rates are NaN when there are none
 * @param confidence their mean confidence
 * @param accuracy the share that is right
 */
public record ReliabilityBin(double low, double high, int count, double confidence, double accuracy) {
    /** How far accuracy and confidence are apart; 0 for an empty bin. */
    public double gap() {
        return count == 0 ? 0 : Math.abs(accuracy - confidence);
    }
}
