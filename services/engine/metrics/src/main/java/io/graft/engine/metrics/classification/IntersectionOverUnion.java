package io.graft.engine.metrics.classification;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;

/**
 * Intersection over union of segmentations, by class over all pixels together. Pixels whose truth is the ignored index
 * count nowhere. A class that occurs neither in the truth nor in the predictions has no value (NaN) and stays out of the
 * mean, as in torchmetrics and the Pascal VOC tools.
 *
 * @param byClass one value a class, from 0 to 1, or NaN
 * @param mean the mean over classes with a value, or NaN when there is none
 */
public record IntersectionOverUnion(double[] byClass, double mean) {
    public IntersectionOverUnion {
        byClass = byClass.clone();
    }

    /** One value a class; a copy. */
    @Override
    public double[] byClass() {
        return byClass.clone();
    }

    /**
     * Compares predicted with true pixels.
     *
     * @param predicted class of each pixel, from 0 to {@code classes - 1}, all images one after the other
     * @param actual the true classes, in the same order
     * @param ignored the truth that marks pixels to leave out, usually 255; may lie in the range of classes
     * @throws io.graft.engine.metrics.MetricInputException for other lengths, or classes out of range at counted pixels
     */
    public static IntersectionOverUnion of(int[] predicted, int[] actual, int classes, int ignored) {
        InputCheck check = new InputCheck().parallel("predicted", predicted.length, "actual", actual.length);
        check.done();
        long[] both = new long[classes];
        long[] either = new long[classes];
        for (int i = 0; i < actual.length; i++) {
            if (actual[i] == ignored) {
                continue;
            }
            boolean known = inRange(actual[i], classes) && inRange(predicted[i], classes);
            String what =
                    "is class " + predicted[i] + " where the truth is " + actual[i] + ", of " + classes + " classes";
            check.require(known, "predicted[" + i + "]", what, "number the classes from 0, or ignore that truth");
            if (known) {
                either[actual[i]]++;
                if (actual[i] == predicted[i]) {
                    both[actual[i]]++;
                } else {
                    either[predicted[i]]++;
                }
            }
        }
        check.done();
        double[] byClass = new double[classes];
        Arrays.setAll(byClass, c -> either[c] == 0 ? Double.NaN : (double) both[c] / either[c]);
        return new IntersectionOverUnion(
                byClass,
                Arrays.stream(byClass).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN));
    }

    private static boolean inRange(int label, int classes) {
        return label >= 0 && label < classes;
    }
}
