package io.graft.engine.metrics.representation;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.metrics.digits.Digits;
import io.graft.engine.metrics.digits.TinyNetwork;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pre-training with the transformation that the target has makes features invariant to it and serves the target; another
 * transformation does neither (Speicher et al. 2024). Digits 0 to 4 are the source, shifted digits 5 to 9 with
 * 40 labels the target; the ratio is taken on digits of the source that were held out.
 */
final class InvarianceAcceptanceTest {
    private record Outcome(double accuracy, double ratio) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2})
    void relevantInvarianceIsMeasuredAndPays(int seed) {
        Random random = new Random(seed);
        Outcome none = outcome(UnaryOperator.identity(), seed);
        Outcome shifted = outcome(image -> shifted(image, random), seed);
        Outcome inverted = outcome(image -> random.nextBoolean() ? image : inverted(image), seed);
        assertThat(shifted.accuracy()).isGreaterThanOrEqualTo(none.accuracy() + 0.05);
        assertThat(shifted.ratio()).isLessThanOrEqualTo(none.ratio() - 0.10);
        assertThat(inverted.accuracy()).isLessThanOrEqualTo(none.accuracy() + 0.05);
        assertThat(inverted.ratio()).isBetween(none.ratio() - 0.05, none.ratio() + 0.05);
    }

    private static Outcome outcome(UnaryOperator<float[]> change, int seed) {
        Digits all = Digits.shuffled(seed);
        Digits known = all.only(label -> label < 5, 0);
        Digits source = known.part(0, 700);
        TinyNetwork network = new TinyNetwork(seed, 64, 64, 32, 16, 5).train(source, change, 1500, 3e-3, seed);
        Random random = new Random(seed + 50L);
        Digits target = all.only(label -> label >= 5, 5).changed(image -> shifted(image, random));
        double[][] features = features(network, target);
        LinearProbe probe = LinearProbe.fit(Arrays.copyOf(features, 40), Arrays.copyOf(target.labels(), 40), 1e-2);
        int[] predicted = probe.predict(features);
        double accuracy = IntStream.range(40, predicted.length)
                .mapToDouble(i -> predicted[i] == target.labels()[i] ? 1 : 0)
                .average()
                .orElseThrow();
        Digits plain = known.part(700, known.size());
        double ratio = Invariance.of(
                        features(network, plain.changed(image -> shifted(image, random))),
                        features(network, plain.changed(image -> shifted(image, random))),
                        InvarianceMetric.L2,
                        seed)
                .ratio();
        return new Outcome(accuracy, ratio);
    }

    private static double[][] features(TinyNetwork network, Digits data) {
        return data.images().stream().map(network::features).toArray(double[][]::new);
    }

    /** By -2 to 2 pixels either way; what comes in is blank. */
    private static float[] shifted(float[] image, Random random) {
        int right = random.nextInt(5) - 2;
        int down = random.nextInt(5) - 2;
        float[] moved = new float[image.length];
        for (int y = 0; y < Digits.SIDE; y++) {
            for (int x = 0; x < Digits.SIDE; x++) {
                int fromX = x - right;
                int fromY = y - down;
                if (fromX >= 0 && fromX < Digits.SIDE && fromY >= 0 && fromY < Digits.SIDE) {
                    moved[y * Digits.SIDE + x] = image[fromY * Digits.SIDE + fromX];
                }
            }
        }
        return moved;
    }

    private static float[] inverted(float[] image) {
        float[] inverted = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            inverted[i] = 1 - image[i];
        }
        return inverted;
    }
}
