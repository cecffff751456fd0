package io.graft.engine.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.graft.platform.datasets.row.Picture;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PictureChangeTest {
    private static final Picture SMALL = grey(3, 10, 20, 30, 40, 50, 60, 70, 80, 90);

    @Test
    void shiftsMoveWithinTheirRangeAndLetBlackIn() {
        Set<List<Integer>> seen = new HashSet<>();
        SplittableRandom draw = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            seen.add(values(new PictureChange.Shift(1).apply(SMALL, draw)));
        }

        assertThat(seen)
                .hasSize(9)
                .contains(
                        values(SMALL),
                        List.of(0, 10, 20, 0, 40, 50, 0, 70, 80),
                        List.of(0, 0, 0, 10, 20, 30, 40, 50, 60),
                        List.of(50, 60, 0, 80, 90, 0, 0, 0, 0));
    }

    @Test
    void flipsAndInversionsHappenWithTheirProbability() {
        assertThat(values(new PictureChange.Flip(1).apply(SMALL, new SplittableRandom(1))))
                .containsExactly(30, 20, 10, 60, 50, 40, 90, 80, 70);
        assertThat(values(new PictureChange.Inversion(1).apply(SMALL, new SplittableRandom(1))))
                .containsExactly(245, 235, 225, 215, 205, 195, 185, 175, 165);
        assertThat(new PictureChange.Flip(0).apply(SMALL, new SplittableRandom(1)))
                .isSameAs(SMALL);
        SplittableRandom draw = new SplittableRandom(2);
        long flipped = IntStream.range(0, 1000)
                .filter(i -> new PictureChange.Flip(0.25).apply(SMALL, draw) != SMALL)
                .count();
        assertThat(flipped).isBetween(200L, 300L);
    }

    @Test
    void quarterTurnsAreExactAndSmallOnesInterpolate() {
        assertThat(values(PictureChange.Rotation.turned(SMALL, 90)))
                .containsExactly(30, 60, 90, 20, 50, 80, 10, 40, 70);
        assertThat(values(PictureChange.Rotation.turned(SMALL, 180)))
                .containsExactly(90, 80, 70, 60, 50, 40, 30, 20, 10);
        assertThat(values(PictureChange.Rotation.turned(SMALL, 0))).isEqualTo(values(SMALL));
        List<Integer> eighth = values(PictureChange.Rotation.turned(SMALL, 45));
        assertThat(eighth.get(4)).as("the centre stays").isEqualTo(50);
        // The corner comes from sqrt(2) to the right of the centre, which lies outside of the picture by 0.41 of a
        // pixel, beside 60 at the edge.
        assertThat(eighth.get(2)).isEqualTo((int) Math.round((2 - Math.sqrt(2)) * 60));
        Picture turned = new PictureChange.Rotation(30).apply(SMALL, new SplittableRandom(4));
        assertThat(values(turned)).isNotEqualTo(values(SMALL));
    }

    @Test
    void brightnessIsOneFactorForAllAndCutAtWhite() {
        SplittableRandom draw = new SplittableRandom(3);
        double factor = 1 + (2 * new SplittableRandom(3).nextDouble() - 1) * 0.5;
        assertThat(values(new PictureChange.Brightness(0.5).apply(SMALL, draw)))
                .isEqualTo(IntStream.rangeClosed(1, 9)
                        .mapToObj(i -> (int) Math.round(factor * i * 10))
                        .toList());
        SplittableRandom brighter = new SplittableRandom(3);
        IntStream.range(0, 50)
                .mapToObj(i -> values(new PictureChange.Brightness(1).apply(grey(1, 200), brighter)))
                .forEach(values -> assertThat(values.getFirst()).isBetween(0, 255));
    }

    @Test
    void noiseHasItsDeviation() {
        int[] middle = new int[10_000];
        Arrays.fill(middle, 128);
        List<Integer> noisy = values(new PictureChange.Noise(0.1).apply(grey(100, middle), new SplittableRandom(5)));
        double mean = noisy.stream().mapToInt(v -> v).average().orElseThrow();
        double variance = noisy.stream()
                .mapToDouble(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(128, within(1.0));
        assertThat(Math.sqrt(variance)).isCloseTo(25.5, within(0.8));
    }

    @Test
    void blurSpreadsByTheGaussianAndKeepsWhatIsFlat() {
        Picture point = grey(3, 0, 0, 0, 0, 200, 0, 0, 0, 0);
        double side = Math.exp(-1 / (2 * 0.25));
        double middle = 1 / (1 + 2 * side + 2 * Math.exp(-4 / (2 * 0.25)));
        List<Integer> blurred = values(PictureChange.Blur.blurred(point, 0.5));
        assertThat(blurred.get(4)).isCloseTo((int) Math.round(200 * middle * middle), within(1));
        assertThat(blurred.get(3)).isCloseTo((int) Math.round(200 * middle * middle * side), within(1));
        assertThat(blurred.get(1)).isEqualTo(blurred.get(3));
        Picture flat = grey(2, 77, 77, 77, 77);
        assertThat(values(PictureChange.Blur.blurred(flat, 2))).containsOnly(77);
        assertThat(values(PictureChange.Blur.blurred(SMALL, 0))).isEqualTo(values(SMALL));
    }

    @Test
    void channelsStayApartAndDrawsRepeat() {
        Picture colours = new Picture(2, 1, 3, new byte[] {1, 2, 3, 4, 5, 6});
        assertThat(values(new PictureChange.Flip(1).apply(colours, new SplittableRandom(1))))
                .containsExactly(4, 5, 6, 1, 2, 3);
        for (PictureChange change : List.of(
                new PictureChange.Shift(1),
                new PictureChange.Rotation(20),
                new PictureChange.Noise(0.2),
                new PictureChange.Blur(1))) {
            assertThat(values(change.apply(SMALL, new SplittableRandom(9))))
                    .isEqualTo(values(change.apply(SMALL, new SplittableRandom(9))));
        }
    }

    private static Picture grey(int width, int... values) {
        byte[] samples = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            samples[i] = (byte) values[i];
        }
        return new Picture(width, values.length / width, 1, samples);
    }

    private static List<Integer> values(Picture picture) {
        return IntStream.range(0, picture.height() * picture.width() * picture.channels())
                .mapToObj(i -> picture.sample(
                        i / picture.channels() / picture.width(),
                        i / picture.channels() % picture.width(),
                        i % picture.channels()))
                .toList();
    }
}
