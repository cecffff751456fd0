package io.graft.engine.metrics.sensitivity;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The eigenvalue of the Hessian of largest magnitude, by power iteration from a random start: how sharply the loss bends.
 *
 * @param eigenvalue negative when the strongest bend is downward
 * @param iterations how many products it took
 * @param converged whether the last change was within the tolerance
 */
public record Sharpness(double eigenvalue, int iterations, boolean converged) {
    private static final double TOLERANCE = 1e-3;
    private static final int MAX_ITERATIONS = 100;

    /** To a relative tolerance of 1e-3, in at most 100 products. */
    public static Sharpness of(HessianProduct hessian, int dimension, long seed) {
        return of(hessian, dimension, seed, TOLERANCE, MAX_ITERATIONS);
    }

    /**
     * Iterates.
     *
     * @param dimension how many parameters
     * @param tolerance relative change of the eigenvalue at which to stop
     * @throws io.graft.engine.metrics.MetricInputException for parameters out of range, or a product that is not finite
     */
    public static Sharpness of(HessianProduct hessian, int dimension, long seed, double tolerance, int maxIterations) {
        new InputCheck()
                .require(dimension > 0, "dimension", "is " + dimension, "give the number of parameters")
                .require(tolerance > 0, "tolerance", "is " + tolerance, "take a small number above 0")
                .require(maxIterations > 0, "max_iterations", "is " + maxIterations, "take 1 or more")
                .done();
        SplittableRandom random = new SplittableRandom(seed);
        double[] vector = new double[dimension];
        Arrays.setAll(vector, i -> random.nextDouble(-1, 1));
        normalise(vector);
        double eigenvalue = Double.NaN;
        for (int i = 1; i <= maxIterations; i++) {
            double[] product = hessian.times(vector);
            new InputCheck().finite("hessian_product", product).done();
            double next = dot(vector, product);
            double norm = normalise(product);
            boolean settled = norm == 0 || Math.abs(next - eigenvalue) <= tolerance * Math.abs(next);
            eigenvalue = next;
            if (settled) {
                return new Sharpness(eigenvalue, i, true);
            }
            vector = product;
        }
        return new Sharpness(eigenvalue, maxIterations, false);
    }

    private static double normalise(double[] vector) {
        double norm = Math.sqrt(dot(vector, vector));
        if (norm > 0) {
            Arrays.setAll(vector, i -> vector[i] / norm);
        }
        return norm;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
