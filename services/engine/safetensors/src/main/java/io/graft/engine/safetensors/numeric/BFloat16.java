package io.graft.engine.safetensors.numeric;

/** The bfloat16 type: the upper half of a float. A {@code short} holds its bits. */
public final class BFloat16 {
    private static final int QUIET_NAN = 0x0040;

    private BFloat16() {}

    /** Exact. */
    public static float toFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** Rounds once, half to even. Beyond the range the result is infinite; NaN stays NaN with its sign. */
    public static short fromDouble(double value) {
        return fromFloat(RoundToOdd.toFloat(value));
    }

    /** Rounds once, half to even. Beyond the range the result is infinite; NaN stays NaN with its sign. */
    public static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | QUIET_NAN);
        }
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    /** True for infinities and NaN. */
    public static boolean isNonFinite(short bits) {
        return (bits & 0x7F80) == 0x7F80;
    }
}
