package io.graft.engine.weights.arithmetic;

/** The two elementwise operations of a transfer, with the statistics gathered in the same pass. */
public interface BlockArithmetic {
    /** Lanes of partial sums; element i of a block adds to lane i mod 8, whatever the hardware. */
    int LANES = 8;

    /** {@code out = target + lambda * (tuned - base)} on the first {@code count} elements, each step rounded once to f64. */
    void graft(double[] base, double[] tuned, double[] target, double[] out, int count, double lambda, Moments moments);

    /** {@code out = tuned - base} on the first {@code count} elements. The statistics against a target stay untouched. */
    void difference(double[] base, double[] tuned, double[] out, int count, Moments moments);
}
