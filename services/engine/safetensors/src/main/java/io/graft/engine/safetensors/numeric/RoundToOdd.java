package io.graft.engine.safetensors.numeric;

/**
 * Narrows a double to a float so that a second, narrower rounding of the result equals one rounding of the double.
 *
 * <p>Boldo and Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd" (IEEE
 * Transactions on Computers, 2008): an inexact intermediate with an odd last bit keeps what the second rounding must
 * know, given two more bits of precision than the final type. Plain {@code (short) (float) x} style conversions round
 * twice and are off by one unit on ties.
 */
public final class RoundToOdd {
    /** The 29 bits a normal double has beyond a float. */
    private static final long DROPPED = (1L << 29) - 1;

    private RoundToOdd() {}

    /**
     * The float nearest toward zero, with its last bit set when anything was dropped. Values that a float can hold only
     * as a subnormal are truncated likewise; beyond the float range the result is infinite, NaN stays NaN.
     */
    public static float toFloat(double value) {
        if (Math.abs(value) >= Float.MIN_NORMAL) {
            long bits = Double.doubleToRawLongBits(value);
            long sticky = ((bits & DROPPED) + DROPPED) & ~DROPPED;
            return (float) Double.longBitsToDouble((bits | sticky) & ~DROPPED);
        }
        return subnormal(value);
    }

    private static float subnormal(double value) {
        float nearest = (float) value;
        if (nearest == value || Double.isNaN(value)) {
            return nearest;
        }
        int bits = Float.floatToRawIntBits(nearest);
        if (Math.abs((double) nearest) > Math.abs(value)) {
            bits--;
        }
        return Float.intBitsToFloat(bits | 1);
    }
}
