package io.graft.engine.worker.evaluation;

/** How two vectors point. */
final class VectorAngle {
    private VectorAngle() {}

    /** From -1 to 1; 0 when one of both has no length. */
    static double cosine(double[] first, double[] second) {
        double product = 0;
        double one = 0;
        double other = 0;
        for (int i = 0; i < first.length; i++) {
            product += first[i] * second[i];
            one += first[i] * first[i];
            other += second[i] * second[i];
        }
        return one == 0 || other == 0 ? 0 : Math.clamp(product / Math.sqrt(one * other), -1, 1);
    }
}
