package io.graft.engine.safetensors.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Narrowing against exact decimal arithmetic: the nearest representable value, of two equally near the even one. */
final class RoundingTest {
    @Provide
    Arbitrary<Double> doubles() {
        Arbitrary<Double> anyBits = Arbitraries.longs().map(Double::longBitsToDouble);
        Arbitrary<Double> inRange = Arbitraries.longs().map(bits -> {
            double mantissa = 1 + (bits & 0xFFFF_FFFFL) * 0x1p-32 + ((bits >>> 60) & 1) * 0x1p-45;
            int exponent = (int) Math.floorMod(bits >>> 32, 300L) - 160;
            return Math.scalb(bits < 0 ? -mantissa : mantissa, exponent);
        });
        Arbitrary<Double> nearTies = Arbitraries.integers().between(0, 0xFFFF).map(bits -> {
            double here = BFloat16.toFloat((short) (int) bits);
            double next = BFloat16.toFloat((short) (bits + 1));
            return here + (next - here) / 2;
        });
        Arbitrary<Double> besideTies = nearTies.map(tie -> tie + Math.ulp(tie));
        return Arbitraries.oneOf(anyBits, inRange, nearTies, besideTies).filter(Double::isFinite);
    }

    @Property(tries = 5_000)
    void bfloat16IsTheNearestValue(@ForAll("doubles") double value) {
        assertThat(BFloat16.fromDouble(value)).isEqualTo((short) nearest(value, 7, 127));
    }

    @Property(tries = 5_000)
    void float16IsTheNearestValue(@ForAll("doubles") double value) {
        assertThat(Float16.fromDouble(value)).isEqualTo((short) nearest(value, 10, 15));
    }

    @Example
    void everyBfloat16SurvivesTheRoundTrip() {
        for (int bits = 0; bits <= 0xFFFF; bits++) {
            if ((bits & 0x7F80) != 0x7F80 || (bits & 0x7F) == 0) {
                assertThat(BFloat16.fromDouble(BFloat16.toFloat((short) bits))).isEqualTo((short) bits);
            }
        }
    }

    @Example
    void notANumberStaysSo() {
        assertThat(BFloat16.isNonFinite(BFloat16.fromDouble(Double.NaN))).isTrue();
        assertThat(BFloat16.toFloat(BFloat16.fromDouble(Float.intBitsToFloat(0x7F80_0001))))
                .isNaN();
        assertThat(Float16.isNonFinite(Float16.fromDouble(Double.NaN))).isTrue();
    }

    @Example
    void oneRoundingDiffersFromTwo() {
        double justAboveTie = 1 + 0x1p-8 + 0x1p-40;
        assertThat(BFloat16.toFloat(BFloat16.fromDouble(justAboveTie))).isEqualTo(1 + 0x1p-7f);
        assertThat(BFloat16.toFloat(BFloat16.fromFloat((float) justAboveTie))).isEqualTo(1f);
    }

    /** Bits of the nearest value of a binary format, from exact decimal arithmetic. */
    private static int nearest(double value, int mantissaBits, int bias) {
        int sign = Double.doubleToRawLongBits(value) < 0 ? 1 << 15 : 0;
        BigDecimal magnitude = new BigDecimal(Math.abs(value));
        int exponent = value == 0 ? 1 - bias : Math.max(Math.getExponent(value), 1 - bias);
        BigDecimal quantum = powerOfTwo(exponent - mantissaBits);
        BigDecimal steps = magnitude.divide(quantum, MathContext.UNLIMITED).setScale(0, RoundingMode.HALF_EVEN);
        long encoded = ((long) (exponent + bias - 1) << mantissaBits) + steps.longValueExact();
        long infinity = ((1L << (15 - mantissaBits)) - 1) << mantissaBits;
        return sign | (int) Math.min(encoded, infinity);
    }

    private static BigDecimal powerOfTwo(int exponent) {
        BigDecimal two = BigDecimal.valueOf(2);
        return exponent >= 0 ? two.pow(exponent) : BigDecimal.ONE.divide(two.pow(-exponent));
    }
}
