package io.graft.engine.weights.arithmetic;

import io.graft.engine.safetensors.numeric.BFloat16;
import io.graft.engine.safetensors.numeric.Float16;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Codecs that work one element at a time; they define what the vector ones must give. */
final class ScalarCodecs {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private ScalarCodecs() {}

    /** bfloat16. */
    static final class Bf16 implements ElementCodec {
        @Override
        public int bytes() {
            return Short.BYTES;
        }

        @Override
        public double largestFinite() {
            return 0x1.FEp127;
        }

        @Override
        public void decode(MemorySegment from, long offset, double[] into, int count) {
            decode(from, offset, into, 0, count);
        }

        void decode(MemorySegment from, long offset, double[] into, int first, int end) {
            for (int i = first; i < end; i++) {
                into[i] = BFloat16.toFloat(from.get(SHORT, offset + (long) i * Short.BYTES));
            }
        }

        @Override
        public void encode(double[] from, MemorySegment into, long offset, int count) {
            encode(from, into, offset, 0, count);
        }

        void encode(double[] from, MemorySegment into, long offset, int first, int end) {
            for (int i = first; i < end; i++) {
                into.set(SHORT, offset + (long) i * Short.BYTES, BFloat16.fromDouble(from[i]));
            }
        }
    }

    /** IEEE binary16. */
    static final class F16 implements ElementCodec {
        @Override
        public int bytes() {
            return Short.BYTES;
        }

        @Override
        public double largestFinite() {
            return 65_504;
        }

        @Override
        public void decode(MemorySegment from, long offset, double[] into, int count) {
            for (int i = 0; i < count; i++) {
                into[i] = Float16.toFloat(from.get(SHORT, offset + (long) i * Short.BYTES));
            }
        }

        @Override
        public void encode(double[] from, MemorySegment into, long offset, int count) {
            for (int i = 0; i < count; i++) {
                into.set(SHORT, offset + (long) i * Short.BYTES, Float16.fromDouble(from[i]));
            }
        }
    }

    /** IEEE binary32. */
    static final class F32 implements ElementCodec {
        @Override
        public int bytes() {
            return Float.BYTES;
        }

        @Override
        public double largestFinite() {
            return Float.MAX_VALUE;
        }

        @Override
        public void decode(MemorySegment from, long offset, double[] into, int count) {
            for (int i = 0; i < count; i++) {
                into[i] = from.get(FLOAT, offset + (long) i * Float.BYTES);
            }
        }

        @Override
        public void encode(double[] from, MemorySegment into, long offset, int count) {
            for (int i = 0; i < count; i++) {
                into.set(FLOAT, offset + (long) i * Float.BYTES, (float) from[i]);
            }
        }
    }

    /** IEEE binary64, which only moves. */
    static final class F64 implements ElementCodec {
        @Override
        public int bytes() {
            return Double.BYTES;
        }

        @Override
        public double largestFinite() {
            return Double.MAX_VALUE;
        }

        @Override
        public void decode(MemorySegment from, long offset, double[] into, int count) {
            MemorySegment.copy(from, DOUBLE, offset, into, 0, count);
        }

        @Override
        public void encode(double[] from, MemorySegment into, long offset, int count) {
            MemorySegment.copy(from, 0, into, DOUBLE, offset, count);
        }
    }
}
