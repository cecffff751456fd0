package io.graft.engine.metrics.sensitivity;

/** The Hessian of a loss at one point, as an operator; in an engine, the gradient of a gradient times a vector. */
@FunctionalInterface
public interface HessianProduct {
    /** The Hessian times a vector, as a new array of the same length. */
    double[] times(double[] vector);
}
