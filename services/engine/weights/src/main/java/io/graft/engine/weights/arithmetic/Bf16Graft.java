package io.graft.engine.weights.arithmetic;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds a whole bfloat16 update to bfloat16, {@code target + (tuned - base)}, from bytes to bytes without leaving the
 * registers. Gives the bits, and the moments, of decoding, {@link BlockArithmetic#graft} and encoding; of the largest output
 * only whether bfloat16 can hold it.
 *
 * <p>Blocks for which {@link PlainBf16} will do, which nearly all of related models are, go its way. In others sums are taken
 * in float together with their rounding errors (Knuth's TwoSum). Without an error the float is the exact sum, and narrowing
 * it rounds once; a vector with an error, a NaN or an infinity goes through doubles. One thread at a time.
 */
public final class Bf16Graft {
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_512;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
    private static final int WIDTH = FLOATS.length();

    private final PlainBf16 plain = new PlainBf16();
    private final ScalarCodecs.Bf16 codec = new ScalarCodecs.Bf16();
    private final ScalarArithmetic scalar = new ScalarArithmetic();
    private final double[] base = new double[PlainBf16.STEP];
    private final double[] tuned = new double[PlainBf16.STEP];
    private final double[] target = new double[PlainBf16.STEP];
    private final double[] out = new double[PlainBf16.STEP];

    /** The sides of a graft, each of as many elements as are asked for. */
    public record Sides(MemorySegment base, MemorySegment tuned, MemorySegment target, MemorySegment into) {}

    Bf16Graft() {}

    /** Whether this machine's vectors are wide enough to be worth it. */
    static boolean isUseful() {
        return DoubleVector.SPECIES_PREFERRED.vectorBitSize() == DOUBLES.vectorBitSize();
    }

    /** Fills {@code into}; the moments must have been fed multiples of 8 elements so far. */
    public void graft(Sides sides, int count, Moments moments) {
        int whole = count - count % PlainBf16.STEP;
        for (int block = 0; block < whole; block += PlainBf16.BLOCK) {
            int end = Math.min(whole, block + PlainBf16.BLOCK);
            if (PlainBf16.isPlain(sides, block, end)) {
                plain.graft(sides, block, end, moments);
            } else {
                sums(sides, block, end, moments);
                signs(sides, block, end, moments);
                squares(sides, block, end, moments);
            }
        }
        exactly(sides, whole, count - whole, moments);
    }

    private void sums(Sides sides, int from, int to, Moments moments) {
        IntVector largest = IntVector.zero(INTS);
        Moments inexact = new Moments();
        for (int i = from; i < to; i += WIDTH) {
            long at = (long) i * Short.BYTES;
            FloatVector origin = widen(sides.base, at);
            FloatVector fine = widen(sides.tuned, at);
            FloatVector goal = widen(sides.target, at);
            FloatVector delta = fine.sub(origin);
            FloatVector back = delta.sub(fine);
            FloatVector deltaError = fine.sub(delta.sub(back)).sub(origin.add(back));
            FloatVector sum = goal.add(delta);
            FloatVector step = sum.sub(goal);
            FloatVector error = goal.sub(sum.sub(step)).add(delta.sub(step)).add(deltaError);
            if (error.compare(VectorOperators.NE, 0).anyTrue()) {
                exactly(sides, i, WIDTH, inexact);
                continue;
            }
            IntVector bits = sum.reinterpretAsInts();
            largest = largest.max(bits.and(Integer.MAX_VALUE));
            bits.add(bits.lanewise(VectorOperators.LSHR, 16).and(1).add(0x7FFF))
                    .lanewise(VectorOperators.LSHR, 16)
                    .convertShape(VectorOperators.I2S, SHORTS, 0)
                    .reinterpretAsShorts()
                    .intoMemorySegment(sides.into, at, ByteOrder.LITTLE_ENDIAN);
        }
        moments.addLargestOutput(Float.intBitsToFloat(largest.reduceLanes(VectorOperators.MAX)));
        moments.addLargestOutput(inexact.largestOutput());
    }

    private static void signs(Sides sides, int from, int to, Moments moments) {
        long zeroDeltas = 0;
        long agreements = 0;
        for (int i = from; i < to; i += WIDTH) {
            long at = (long) i * Short.BYTES;
            FloatVector origin = widen(sides.base, at);
            FloatVector delta = widen(sides.tuned, at).sub(origin);
            FloatVector gap = widen(sides.target, at).sub(origin);
            VectorMask<Float> noDelta = delta.compare(VectorOperators.EQ, 0);
            VectorMask<Float> noGap = gap.compare(VectorOperators.EQ, 0);
            VectorMask<Float> opposed = delta.reinterpretAsInts()
                    .lanewise(VectorOperators.XOR, gap.reinterpretAsInts())
                    .compare(VectorOperators.LT, 0)
                    .cast(FLOATS);
            zeroDeltas += noDelta.trueCount();
            agreements += WIDTH
                    - opposed.or(noDelta.xor(noGap)).andNot(noDelta.and(noGap)).trueCount();
        }
        moments.zeroDeltas += zeroDeltas;
        moments.agreements += agreements;
    }

    private static void squares(Sides sides, int from, int to, Moments moments) {
        DoubleVector deltaSquares = DoubleVector.fromArray(DOUBLES, moments.deltaSquares, 0);
        DoubleVector baseSquares = DoubleVector.fromArray(DOUBLES, moments.baseSquares, 0);
        DoubleVector gapSquares = DoubleVector.fromArray(DOUBLES, moments.gapSquares, 0);
        DoubleVector products = DoubleVector.fromArray(DOUBLES, moments.products, 0);
        LongVector largest = LongVector.fromArray(LONGS, moments.largestDelta, 0);
        for (int i = from; i < to; i += DOUBLES.length()) {
            long at = (long) i * Short.BYTES;
            DoubleVector origin = VectorBf16.widen(sides.base, at);
            DoubleVector delta = VectorBf16.widen(sides.tuned, at).sub(origin);
            DoubleVector gap = VectorBf16.widen(sides.target, at).sub(origin);
            deltaSquares = delta.fma(delta, deltaSquares);
            baseSquares = origin.fma(origin, baseSquares);
            gapSquares = gap.fma(gap, gapSquares);
            products = delta.fma(gap, products);
            largest = largest.max(delta.reinterpretAsLongs().and(Long.MAX_VALUE));
        }
        deltaSquares.intoArray(moments.deltaSquares, 0);
        baseSquares.intoArray(moments.baseSquares, 0);
        gapSquares.intoArray(moments.gapSquares, 0);
        products.intoArray(moments.products, 0);
        largest.intoArray(moments.largestDelta, 0);
    }

    private void exactly(Sides sides, int first, int count, Moments moments) {
        long at = (long) first * Short.BYTES;
        codec.decode(sides.base, at, base, count);
        codec.decode(sides.tuned, at, tuned, count);
        codec.decode(sides.target, at, target, count);
        scalar.graft(base, tuned, target, out, count, 1, moments);
        codec.encode(out, sides.into, at, count);
    }

    /** One vector of elements from byte {@code at} on. */
    static FloatVector widen(MemorySegment from, long at) {
        return ((IntVector) ShortVector.fromMemorySegment(SHORTS, from, at, ByteOrder.LITTLE_ENDIAN)
                        .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                .lanewise(VectorOperators.LSHL, 16)
                .reinterpretAsFloats();
    }
}
