package io.graft.engine.worker.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.graft.engine.metrics.classification.IntersectionOverUnion;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MaskScorerTest {
    private static final int IGNORED = 255;

    @Test
    void rowsTogetherAreWhatAllPixelsAre() {
        SplittableRandom random = new SplittableRandom(3);
        int[] predicted = random.ints(400, 0, 5).toArray();
        int[] actual = IntStream.range(0, 400)
                .map(i -> i % 11 == 0 ? IGNORED : random.nextInt(3) == 0 ? random.nextInt(5) : predicted[i])
                .toArray();
        MaskScorer scorer = new MaskScorer(IGNORED);
        for (int row = 0; row < 8; row++) {
            scorer.add(part(predicted, row), part(actual, row));
        }

        Measurement measured = scorer.measurement();

        IntersectionOverUnion whole = IntersectionOverUnion.of(predicted, actual, 5, IGNORED);
        assertThat(measured.metrics().get("miou")).isCloseTo(whole.mean(), within(1e-12));
        for (int c = 0; c < 5; c++) {
            assertThat(measured.metrics().get("iou_" + c)).isCloseTo(whole.byClass()[c], within(1e-12));
        }
        assertThat(measured.metrics()).containsEntry("rows", 8.0);
        assertThat(measured.comparable("miou"))
                .hasValueSatisfying(metric -> assertThat(metric.scores().value(new int[] {0, 0, 3}))
                        .as("a resample is scored as its pixels")
                        .isCloseTo(
                                IntersectionOverUnion.of(
                                                joined(predicted, 0, 0, 3), joined(actual, 0, 0, 3), 5, IGNORED)
                                        .mean(),
                                within(1e-12)));
    }

    @Test
    void aClassThatOccursNowhereStaysOutOfTheMean() {
        MaskScorer scorer = new MaskScorer(IGNORED);
        scorer.add(new int[] {0, 0, 7}, new int[] {0, 2, IGNORED});

        Measurement measured = scorer.measurement();

        assertThat(measured.metrics())
                .containsEntry("miou", 0.25)
                .containsEntry("pixel_accuracy", 0.5)
                .containsKeys("iou_0", "iou_2")
                .doesNotContainKeys("iou_1", "iou_7");
    }

    @Test
    void aMaskThatIsLeftOutWholeCountsNothing() {
        MaskScorer scorer = new MaskScorer(IGNORED);
        scorer.add(new int[] {1}, new int[] {IGNORED});
        assertThat(scorer.hasPixels()).isFalse();
        scorer.add(new int[] {1}, new int[] {1});

        assertThat(scorer.hasPixels()).isTrue();
        assertThat(scorer.measurement().metrics()).containsEntry("miou", 1.0).containsEntry("rows", 2.0);
    }

    private static int[] part(int[] pixels, int row) {
        return Arrays.copyOfRange(pixels, 50 * row, 50 * (row + 1));
    }

    private static int[] joined(int[] pixels, int... rows) {
        return IntStream.of(rows)
                .flatMap(row -> IntStream.of(part(pixels, row)))
                .toArray();
    }
}
