package io.graft.engine.weights.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.safetensors.Dtype;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The vector forms give the scalar forms' bits, statistics included. */
final class AccelerationTest {
    private static final int MOST = 67;

    @Property
    void graftsAgree(
            @ForAll @Size(MOST * 3) double[] values, @ForAll @IntRange(max = MOST) int count, @ForAll double lambda) {
        double[] base = Arrays.copyOfRange(values, 0, MOST);
        double[] tuned = Arrays.copyOfRange(values, MOST, 2 * MOST);
        double[] target = Arrays.copyOfRange(values, 2 * MOST, 3 * MOST);
        for (int i = 0; i < MOST; i += 5) {
            tuned[i] = base[i];
        }
        Moments expectedMoments = new Moments();
        Moments moments = new Moments();
        double[] expected = new double[MOST];
        double[] actual = new double[MOST];
        for (int pass = 0; pass < 2; pass++) {
            new ScalarArithmetic().graft(base, tuned, target, expected, count, lambda, expectedMoments);
            new VectorArithmetic().graft(base, tuned, target, actual, count, lambda, moments);
        }
        assertThat(actual).isEqualTo(expected);
        assertThat(moments.sums(count)).isEqualTo(expectedMoments.sums(count));
        assertThat(moments.largestOutput()).isEqualTo(expectedMoments.largestOutput());
    }

    @Property
    void differencesAgree(@ForAll @Size(MOST * 2) double[] values, @ForAll @IntRange(max = MOST) int count) {
        double[] base = Arrays.copyOfRange(values, 0, MOST);
        double[] tuned = Arrays.copyOfRange(values, MOST, 2 * MOST);
        Moments expectedMoments = new Moments();
        Moments moments = new Moments();
        double[] expected = new double[MOST];
        double[] actual = new double[MOST];
        new ScalarArithmetic().difference(base, tuned, expected, count, expectedMoments);
        new VectorArithmetic().difference(base, tuned, actual, count, moments);
        assertThat(actual).isEqualTo(expected);
        assertThat(moments.sums(count)).isEqualTo(expectedMoments.sums(count));
        assertThat(moments.largestOutput()).isEqualTo(expectedMoments.largestOutput());
    }

    @Property(tries = 2_000)
    void bfloat16NarrowsAlike(
            @ForAll @Size(MOST) @DoubleRange(min = -1e39, max = 1e39) double[] values,
            @ForAll @IntRange(min = -150, max = 4) int exponent) {
        for (int i = 0; i < MOST; i += 2) {
            values[i] = Math.scalb(values[i] * 1e-38, exponent);
        }
        byte[] expected = new byte[MOST * 2];
        byte[] actual = new byte[MOST * 2];
        new ScalarCodecs.Bf16().encode(values, MemorySegment.ofArray(expected), 0, MOST);
        new VectorBf16().encode(values, MemorySegment.ofArray(actual), 0, MOST);
        assertThat(actual).isEqualTo(expected);
    }

    @Property(tries = 2_000)
    void bfloat16GraftsAlike(
            @ForAll @Size(MOST * 6) byte[] bits, @ForAll @IntRange(max = MOST) int count, @ForAll boolean alike) {
        Assume.that(Bf16Graft.isUseful());
        for (int i = 1; i < bits.length; i += 2) {
            bits[i] = alike ? (byte) ((bits[i] & 0x80) | 0x3C) : (bits[i] & 0x7F) == 0x7F ? 0x7E : bits[i];
        }
        checkGraft(bits, count);
    }

    @Property(tries = 2_000)
    void bfloat16GraftsAlikeAtAnySpread(
            @ForAll @Size(MOST * 6) byte[] bits,
            @ForAll @IntRange(max = 254) int lowest,
            @ForAll @IntRange(max = 17) int spread,
            @ForAll boolean zeros) {
        Assume.that(Bf16Graft.isUseful());
        for (int i = 0; i < bits.length; i += 2) {
            int exponent = Math.min(254, lowest + (bits[i] & 0xFF) % (spread + 1));
            boolean zero = zeros && bits[i + 1] % 8 == 0;
            int magnitude = zero ? 0 : (exponent << 7) | (bits[i] & 0x7F);
            bits[i] = (byte) magnitude;
            bits[i + 1] = (byte) ((magnitude >> 8) | (bits[i + 1] & 0x80));
        }
        checkGraft(bits, MOST);
    }

    @Example
    void bfloat16GraftsAlikeOverManyBlocks() {
        Assume.that(Bf16Graft.isUseful());
        int count = 9 * PlainBf16.BLOCK + 37;
        SplittableRandom random = new SplittableRandom(5);
        byte[] bits = new byte[count * 6];
        for (int i = 0; i < bits.length; i += 2) {
            boolean far = i % (4 * PlainBf16.BLOCK) == 0;
            int magnitude = (far ? 90 : 118 + random.nextInt(4)) << 7 | random.nextInt(128);
            bits[i] = (byte) magnitude;
            bits[i + 1] = (byte) ((magnitude >> 8) | (random.nextBoolean() ? 0x80 : 0));
        }
        checkGraft(bits, count);
    }

    @Example
    void bfloat16GraftsAlikeWhereOnlyTheDifferenceIsTooLarge() {
        Assume.that(Bf16Graft.isUseful());
        byte[] bits = new byte[MOST * 6];
        for (int i = 0; i < bits.length; i += 2) {
            boolean tuned = i / (MOST * 2) == 1;
            bits[i] = 0x60;
            bits[i + 1] = (byte) (tuned ? 0x7F : 0xFF);
        }
        checkGraft(bits, MOST);
    }

    /** Grafts the three thirds of {@code bits}. */
    private static void checkGraft(byte[] bits, int count) {
        int third = bits.length / 3;
        MemorySegment base = MemorySegment.ofArray(Arrays.copyOfRange(bits, 0, third));
        MemorySegment tuned = MemorySegment.ofArray(Arrays.copyOfRange(bits, third, 2 * third));
        MemorySegment target = MemorySegment.ofArray(Arrays.copyOfRange(bits, 2 * third, 3 * third));
        byte[] expected = new byte[third];
        byte[] actual = new byte[third];
        Moments expectedMoments = new Moments();
        Moments moments = new Moments();
        ScalarCodecs.Bf16 codec = new ScalarCodecs.Bf16();
        double[] origin = new double[count];
        double[] fine = new double[count];
        double[] goal = new double[count];
        double[] out = new double[count];
        codec.decode(base, 0, origin, count);
        codec.decode(tuned, 0, fine, count);
        codec.decode(target, 0, goal, count);
        new ScalarArithmetic().graft(origin, fine, goal, out, count, 1, expectedMoments);
        codec.encode(out, MemorySegment.ofArray(expected), 0, count);
        new Bf16Graft().graft(new Bf16Graft.Sides(base, tuned, target, MemorySegment.ofArray(actual)), count, moments);
        assertThat(actual).isEqualTo(expected);
        assertThat(moments.sums(count)).isEqualTo(expectedMoments.sums(count));
        assertThat(moments.largestOutput() <= codec.largestFinite())
                .isEqualTo(expectedMoments.largestOutput() <= codec.largestFinite());
    }

    @Property
    void bfloat16WidensAlike(@ForAll @Size(MOST * 2) byte[] bits) {
        double[] expected = new double[MOST];
        double[] actual = new double[MOST];
        Acceleration.SCALAR.codec(Dtype.BF16).decode(MemorySegment.ofArray(bits), 0, expected, MOST);
        Acceleration.VECTOR.codec(Dtype.BF16).decode(MemorySegment.ofArray(bits), 0, actual, MOST);
        assertThat(actual).isEqualTo(expected);
    }
}
