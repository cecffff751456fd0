package io.graft.engine.metrics.robustness;

import java.util.ArrayList;
import java.util.List;

/**
 * A model with gradients whose weak directions are tried first on another one: MI-FGSM (Dong et al. 2018), ten steps of the
 * sign of the momentum, decay 1.
 */
@FunctionalInterface
public interface Surrogate {
    /** Iterations of MI-FGSM; each gives one direction. */
    int ITERATIONS = 10;

    /** The gradient of the loss of the true class with respect to the input. */
    float[] lossGradient(float[] input, int label);

    /** A direction an iteration, the last and strongest first. */
    default List<byte[]> directions(float[] input, int label, double epsilon) {
        float[] changed = input.clone();
        double[] momentum = new double[input.length];
        List<byte[]> directions = new ArrayList<>();
        for (int step = 0; step < ITERATIONS; step++) {
            float[] gradient = lossGradient(changed, label);
            double size = 0;
            for (float value : gradient) {
                size += Math.abs(value);
            }
            for (int i = 0; i < changed.length; i++) {
                momentum[i] += size == 0 ? 0 : gradient[i] / size;
                double moved = changed[i] + epsilon / ITERATIONS * Math.signum(momentum[i]);
                double near = Math.clamp(moved, input[i] - epsilon, input[i] + epsilon);
                changed[i] = (float) Math.clamp(near, 0, 1);
            }
            directions.addFirst(signs(momentum));
        }
        return directions;
    }

    private static byte[] signs(double[] values) {
        byte[] signs = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            signs[i] = (byte) Math.signum(values[i]);
        }
        return signs;
    }
}
