package io.graft.engine.weights.arithmetic;

/**
 * Running sums over one chunk of a tensor. With d = tuned - base and g = target - base: squares of d, base and g, the
 * product d g, magnitudes and counts. Not thread safe.
 */
public final class Moments {
    final double[] deltaSquares = new double[BlockArithmetic.LANES];
    final double[] baseSquares = new double[BlockArithmetic.LANES];
    final double[] gapSquares = new double[BlockArithmetic.LANES];
    final double[] products = new double[BlockArithmetic.LANES];
    /** Bits of non-negative doubles, which order as the doubles do and put NaN on top. */
    final long[] largestDelta = new long[BlockArithmetic.LANES];

    final long[] largestOutput = new long[BlockArithmetic.LANES];
    long zeroDeltas;
    long agreements;

    /** The sums so far, with lanes added in order. */
    public ChunkSums sums(long elements) {
        return new ChunkSums(
                elements,
                total(deltaSquares),
                total(baseSquares),
                total(gapSquares),
                total(products),
                largest(largestDelta),
                zeroDeltas,
                agreements);
    }

    /** Largest magnitude among the outputs before they are narrowed; NaN if one is NaN. */
    public double largestOutput() {
        return largest(largestOutput);
    }

    void addLargestDelta(double magnitude) {
        largestDelta[0] = Math.max(largestDelta[0], Double.doubleToRawLongBits(magnitude));
    }

    void addLargestOutput(double magnitude) {
        largestOutput[0] = Math.max(largestOutput[0], Double.doubleToRawLongBits(magnitude));
    }

    private static double total(double[] lanes) {
        double total = 0;
        for (double lane : lanes) {
            total += lane;
        }
        return total;
    }

    private static double largest(long[] lanes) {
        long largest = 0;
        for (long lane : lanes) {
            largest = Math.max(largest, lane);
        }
        return Double.longBitsToDouble(largest);
    }
}
