package io.graft.engine.weights.arithmetic;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * SIMD bfloat16. Narrowing goes through a float rounded to odd, as {@code RoundToOdd} explains; a vector that holds a
 * float subnormal, where that shortcut rounds twice, takes the scalar way.
 */
final class VectorBf16 implements ElementCodec {
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final int WIDTH = DOUBLES.length();
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(WIDTH * Float.SIZE));
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(WIDTH * Integer.SIZE));
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(WIDTH * Short.SIZE));
    private static final long DROPPED = (1L << 29) - 1;
    private static final int LARGEST_SUBNORMAL = 0x007F_FFFF;

    private final ScalarCodecs.Bf16 scalar = new ScalarCodecs.Bf16();

    @Override
    public int bytes() {
        return Short.BYTES;
    }

    @Override
    public double largestFinite() {
        return scalar.largestFinite();
    }

    @Override
    public void decode(MemorySegment from, long offset, double[] into, int count) {
        int whole = DOUBLES.loopBound(count);
        for (int i = 0; i < whole; i += WIDTH) {
            widen(from, offset + (long) i * Short.BYTES).intoArray(into, i);
        }
        scalar.decode(from, offset, into, whole, count);
    }

    @Override
    public void encode(double[] from, MemorySegment into, long offset, int count) {
        int whole = DOUBLES.loopBound(count);
        for (int i = 0; i < whole; i += WIDTH) {
            LongVector bits = DoubleVector.fromArray(DOUBLES, from, i).reinterpretAsLongs();
            LongVector sticky = bits.and(DROPPED).add(DROPPED);
            FloatVector odd = (FloatVector)
                    bits.or(sticky).and(~DROPPED).reinterpretAsDoubles().convertShape(VectorOperators.D2F, FLOATS, 0);
            IntVector narrow = odd.reinterpretAsInts();
            if (narrow.and(Integer.MAX_VALUE)
                    .sub(1)
                    .compare(VectorOperators.ULT, LARGEST_SUBNORMAL)
                    .anyTrue()) {
                scalar.encode(from, into, offset, i, i + WIDTH);
                continue;
            }
            IntVector even = narrow.lanewise(VectorOperators.LSHR, 16).and(1).add(0x7FFF);
            narrow.add(even)
                    .lanewise(VectorOperators.LSHR, 16)
                    .convertShape(VectorOperators.I2S, SHORTS, 0)
                    .reinterpretAsShorts()
                    .intoMemorySegment(into, offset + (long) i * Short.BYTES, ByteOrder.LITTLE_ENDIAN);
        }
        scalar.encode(from, into, offset, whole, count);
    }

    /** One vector of elements from byte {@code at} on. */
    static DoubleVector widen(MemorySegment from, long at) {
        IntVector bits = (IntVector) ShortVector.fromMemorySegment(SHORTS, from, at, ByteOrder.LITTLE_ENDIAN)
                .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
        return (DoubleVector) bits.lanewise(VectorOperators.LSHL, 16)
                .reinterpretAsFloats()
                .convertShape(VectorOperators.F2D, DOUBLES, 0);
    }
}
