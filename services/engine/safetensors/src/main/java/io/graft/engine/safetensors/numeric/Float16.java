package io.graft.engine.safetensors.numeric;

/** IEEE 754 binary16. A {@code short} holds its bits. */
public final class Float16 {
    private Float16() {}

    /** Exact. */
    public static float toFloat(short bits) {
        return Float.float16ToFloat(bits);
    }

    /** Rounds once, half to even. Values from 65520 on become infinite; NaN stays NaN. */
    public static short fromDouble(double value) {
        return Float.floatToFloat16(RoundToOdd.toFloat(value));
    }

    /** True for infinities and NaN. */
    public static boolean isNonFinite(short bits) {
        return (bits & 0x7C00) == 0x7C00;
    }
}
