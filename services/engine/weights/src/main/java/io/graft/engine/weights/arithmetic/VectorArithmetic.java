package io.graft.engine.weights.arithmetic;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * SIMD form of {@link ScalarArithmetic} for 4 or 8 lanes. With 4, a block is walked twice, for the low and for the high
 * half of the eight partial sums, which keeps every sum's order. The result takes two roundings, the sums fuse theirs.
 */
final class VectorArithmetic implements BlockArithmetic {
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    private static final int WIDTH = DOUBLES.length();

    private final ScalarArithmetic remainder = new ScalarArithmetic();

    /** Whether this machine's vectors are wide enough to be worth it. */
    static boolean isUseful() {
        return WIDTH == 4 || WIDTH == LANES;
    }

    @Override
    public void graft(
            double[] base, double[] tuned, double[] target, double[] out, int count, double lambda, Moments moments) {
        int whole = count - count % LANES;
        for (int lane = 0; lane < LANES; lane += WIDTH) {
            graftLanes(base, tuned, target, out, lane, whole, lambda, moments);
        }
        remainder.graft(base, tuned, target, out, whole, count, lambda, moments);
    }

    private static void graftLanes(
            double[] base,
            double[] tuned,
            double[] target,
            double[] out,
            int lane,
            int end,
            double lambda,
            Moments moments) {
        DoubleVector factor = DoubleVector.broadcast(DOUBLES, lambda);
        DoubleVector deltaSquares = DoubleVector.fromArray(DOUBLES, moments.deltaSquares, lane);
        DoubleVector baseSquares = DoubleVector.fromArray(DOUBLES, moments.baseSquares, lane);
        DoubleVector gapSquares = DoubleVector.fromArray(DOUBLES, moments.gapSquares, lane);
        DoubleVector products = DoubleVector.fromArray(DOUBLES, moments.products, lane);
        LongVector largestDelta = LongVector.fromArray(LONGS, moments.largestDelta, lane);
        LongVector largestOutput = LongVector.fromArray(LONGS, moments.largestOutput, lane);
        long zeroDeltas = 0;
        long agreements = 0;
        for (int i = lane; i < end; i += LANES) {
            DoubleVector origin = DoubleVector.fromArray(DOUBLES, base, i);
            DoubleVector goal = DoubleVector.fromArray(DOUBLES, target, i);
            DoubleVector delta = DoubleVector.fromArray(DOUBLES, tuned, i).sub(origin);
            DoubleVector gap = goal.sub(origin);
            DoubleVector product = delta.mul(gap);
            DoubleVector result = goal.add(delta.mul(factor));
            result.intoArray(out, i);
            deltaSquares = delta.fma(delta, deltaSquares);
            baseSquares = origin.fma(origin, baseSquares);
            gapSquares = gap.fma(gap, gapSquares);
            products = delta.fma(gap, products);
            largestDelta = largestDelta.max(magnitude(delta));
            largestOutput = largestOutput.max(magnitude(result));
            VectorMask<Double> zero = delta.compare(VectorOperators.EQ, 0);
            zeroDeltas += zero.trueCount();
            agreements += product.compare(VectorOperators.GT, 0).trueCount();
            agreements += gap.compare(VectorOperators.EQ, 0).and(zero).trueCount();
        }
        deltaSquares.intoArray(moments.deltaSquares, lane);
        baseSquares.intoArray(moments.baseSquares, lane);
        gapSquares.intoArray(moments.gapSquares, lane);
        products.intoArray(moments.products, lane);
        largestDelta.intoArray(moments.largestDelta, lane);
        largestOutput.intoArray(moments.largestOutput, lane);
        moments.zeroDeltas += zeroDeltas;
        moments.agreements += agreements;
    }

    @Override
    public void difference(double[] base, double[] tuned, double[] out, int count, Moments moments) {
        int whole = count - count % LANES;
        for (int lane = 0; lane < LANES; lane += WIDTH) {
            differenceLanes(base, tuned, out, lane, whole, moments);
        }
        remainder.difference(base, tuned, out, whole, count, moments);
    }

    private static void differenceLanes(
            double[] base, double[] tuned, double[] out, int lane, int end, Moments moments) {
        DoubleVector deltaSquares = DoubleVector.fromArray(DOUBLES, moments.deltaSquares, lane);
        DoubleVector baseSquares = DoubleVector.fromArray(DOUBLES, moments.baseSquares, lane);
        LongVector largest = LongVector.fromArray(LONGS, moments.largestDelta, lane);
        long zeroDeltas = 0;
        for (int i = lane; i < end; i += LANES) {
            DoubleVector origin = DoubleVector.fromArray(DOUBLES, base, i);
            DoubleVector delta = DoubleVector.fromArray(DOUBLES, tuned, i).sub(origin);
            delta.intoArray(out, i);
            deltaSquares = delta.fma(delta, deltaSquares);
            baseSquares = origin.fma(origin, baseSquares);
            largest = largest.max(magnitude(delta));
            zeroDeltas += delta.compare(VectorOperators.EQ, 0).trueCount();
        }
        deltaSquares.intoArray(moments.deltaSquares, lane);
        baseSquares.intoArray(moments.baseSquares, lane);
        largest.intoArray(moments.largestDelta, lane);
        LongVector.fromArray(LONGS, moments.largestOutput, lane).max(largest).intoArray(moments.largestOutput, lane);
        moments.zeroDeltas += zeroDeltas;
    }

    private static LongVector magnitude(DoubleVector value) {
        return value.reinterpretAsLongs().and(Long.MAX_VALUE);
    }
}
