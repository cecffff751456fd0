package io.graft.engine.weights.arithmetic;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The graft of blocks whose elements are so near in magnitude that a float loses nothing: sums, differences and gaps are taken
 * once, in float, and kept for the statistics. One thread at a time.
 *
 * <p>Four short loops, because the compiler gives up on one long one; they write to arrays only, because after a write to a
 * memory segment it checks again that every other one is alive.
 */
final class PlainBf16 {
    /** Elements of a block at most; all that belongs to one stays in the first- or second-level cache. */
    static final int BLOCK = 2_048;

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
    private static final VectorSpecies<Float> HALF_FLOATS = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /** Elements that a block must be a multiple of. */
    static final int STEP = SHORTS.length();

    /**
     * Magnitudes whose bits differ by less are at most 14 binades apart. All three are multiples of the smallest's last place,
     * 7 binades under it, and a sum is under 6 times the power of two below the largest: 24 bits, what a float has.
     */
    private static final int NEAR = 14 << 7;

    /** Bits of 2^126, three of which still are a finite bfloat16. */
    private static final int HUGE = 253 << 7;

    private final short[] sums = new short[BLOCK];
    private final float[] deltas = new float[BLOCK];
    private final float[] gaps = new float[BLOCK];
    private final float[] origins = new float[BLOCK];

    /** Whether the elements from {@code from} to {@code to} are finite, not huge, and near in each place. */
    static boolean isPlain(Bf16Graft.Sides sides, int from, int to) {
        ShortVector spread = ShortVector.zero(SHORTS);
        ShortVector top = ShortVector.zero(SHORTS);
        for (int i = from; i < to; i += STEP) {
            long at = (long) i * Short.BYTES;
            ShortVector base = magnitudes(sides.base(), at);
            ShortVector tuned = magnitudes(sides.tuned(), at);
            ShortVector target = magnitudes(sides.target(), at);
            ShortVector most = base.max(tuned).max(target);
            spread = spread.max(most.sub(base.min(tuned).min(target)));
            top = top.max(most);
        }
        return spread.reduceLanes(VectorOperators.MAX) < NEAR && top.reduceLanes(VectorOperators.MAX) < HUGE;
    }

    /** Grafts a plain block; the moments must have been fed multiples of 8 elements so far. */
    void graft(Bf16Graft.Sides sides, int from, int to, Moments moments) {
        add(sides, from, to);
        MemorySegment.copy(sums, 0, sides.into(), ValueLayout.JAVA_SHORT_UNALIGNED, 2L * from, to - from);
        compare(sides, from, to, moments);
        square(to - from, moments);
    }

    /** Works on the even and the odd elements apart, which saves moving halves of vectors about. */
    private void add(Bf16Graft.Sides sides, int from, int to) {
        for (int i = from; i < to; i += STEP) {
            long at = (long) i * Short.BYTES;
            IntVector base = IntVector.fromMemorySegment(INTS, sides.base(), at, ORDER);
            IntVector tuned = IntVector.fromMemorySegment(INTS, sides.tuned(), at, ORDER);
            IntVector target = IntVector.fromMemorySegment(INTS, sides.target(), at, ORDER);
            IntVector even = rounded(even(target).add(even(tuned).sub(even(base))));
            IntVector odd = rounded(odd(target).add(odd(tuned).sub(odd(base))));
            even.lanewise(VectorOperators.LSHR, 16)
                    .or(odd.and(0xFFFF_0000))
                    .reinterpretAsShorts()
                    .intoArray(sums, i - from);
        }
    }

    private void compare(Bf16Graft.Sides sides, int from, int to, Moments moments) {
        long zeroDeltas = 0;
        long agreements = 0;
        IntVector largest = IntVector.zero(INTS);
        for (int i = from; i < to; i += FLOATS.length()) {
            long at = (long) i * Short.BYTES;
            FloatVector origin = Bf16Graft.widen(sides.base(), at);
            FloatVector delta = Bf16Graft.widen(sides.tuned(), at).sub(origin);
            FloatVector gap = Bf16Graft.widen(sides.target(), at).sub(origin);
            origin.intoArray(origins, i - from);
            delta.intoArray(deltas, i - from);
            gap.intoArray(gaps, i - from);
            IntVector bits = delta.reinterpretAsInts();
            largest = largest.max(bits.and(Integer.MAX_VALUE));
            long noDelta = delta.compare(VectorOperators.EQ, 0).toLong();
            long noGap = gap.compare(VectorOperators.EQ, 0).toLong();
            long alike = bits.lanewise(VectorOperators.XOR, gap.reinterpretAsInts())
                    .compare(VectorOperators.GE, 0)
                    .toLong();
            zeroDeltas += Long.bitCount(noDelta);
            agreements += Long.bitCount((alike | noDelta) & ~(noDelta ^ noGap));
        }
        moments.zeroDeltas += zeroDeltas;
        moments.agreements += agreements;
        moments.addLargestDelta(Float.intBitsToFloat(largest.reduceLanes(VectorOperators.MAX)));
    }

    private void square(int count, Moments moments) {
        DoubleVector deltaSquares = DoubleVector.fromArray(DOUBLES, moments.deltaSquares, 0);
        DoubleVector baseSquares = DoubleVector.fromArray(DOUBLES, moments.baseSquares, 0);
        DoubleVector gapSquares = DoubleVector.fromArray(DOUBLES, moments.gapSquares, 0);
        DoubleVector products = DoubleVector.fromArray(DOUBLES, moments.products, 0);
        for (int i = 0; i < count; i += DOUBLES.length()) {
            DoubleVector origin = doubles(origins, i);
            DoubleVector delta = doubles(deltas, i);
            DoubleVector gap = doubles(gaps, i);
            deltaSquares = delta.fma(delta, deltaSquares);
            baseSquares = origin.fma(origin, baseSquares);
            gapSquares = gap.fma(gap, gapSquares);
            products = delta.fma(gap, products);
        }
        deltaSquares.intoArray(moments.deltaSquares, 0);
        baseSquares.intoArray(moments.baseSquares, 0);
        gapSquares.intoArray(moments.gapSquares, 0);
        products.intoArray(moments.products, 0);
    }

    private static ShortVector magnitudes(MemorySegment from, long at) {
        return ShortVector.fromMemorySegment(SHORTS, from, at, ORDER).and(Short.MAX_VALUE);
    }

    private static FloatVector even(IntVector pairs) {
        return pairs.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
    }

    private static FloatVector odd(IntVector pairs) {
        return pairs.and(0xFFFF_0000).reinterpretAsFloats();
    }

    /** The bits of a float with those of the nearest bfloat16 in the upper half; of two as near, the even one. */
    private static IntVector rounded(FloatVector exact) {
        IntVector bits = exact.reinterpretAsInts();
        return bits.add(bits.lanewise(VectorOperators.LSHR, 16).and(1).add(0x7FFF));
    }

    private static DoubleVector doubles(float[] from, int at) {
        return (DoubleVector)
                FloatVector.fromArray(HALF_FLOATS, from, at).convertShape(VectorOperators.F2D, DOUBLES, 0);
    }
}
