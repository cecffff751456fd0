package io.graft.engine.metrics.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.metrics.MetricInputException;
import io.graft.engine.metrics.Vectors;
import io.graft.engine.metrics.comparison.CorpusScores;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class ClassificationVectorsTest {
    private static final Offset<Double> CLOSE = within(1e-5);

    private final JsonNode cases = Vectors.cases("calibration");
    private final double[][] probabilities = Vectors.matrix(cases.get("probs"));
    private final int[] labels = Vectors.ints(cases.get("labels"));

    @Test
    void ratesOfLabelsAreThoseOfScikitLearn() {
        ConfusionMatrix matrix = ConfusionMatrix.of(predictions(), labels, 3);
        assertThat(matrix.accuracy()).isCloseTo(cases.get("accuracy").asDouble(), CLOSE);
        assertThat(matrix.macroF1()).isCloseTo(cases.get("macro F1").asDouble(), CLOSE);
        assertThat(matrix.microF1()).isCloseTo(cases.get("micro F1").asDouble(), CLOSE);
    }

    @Test
    void areasAreThoseOfScikitLearn() {
        assertThat(RocArea.oneVersusRestMacro(probabilities, labels))
                .isCloseTo(cases.get("AUC OvR macro").asDouble(), CLOSE);
        assertThat(RocArea.oneVersusRest(probabilities, labels, 0))
                .isCloseTo(cases.get("AUC class0 vs rest").asDouble(), CLOSE);
    }

    @Test
    void intersectionOverUnionLeavesIgnoredPixelsOut() {
        JsonNode misc = Vectors.cases("misc");
        IntersectionOverUnion score =
                IntersectionOverUnion.of(pixels(misc.get("miou_pred")), pixels(misc.get("miou_gt")), 3, 255);
        assertThat(score.byClass()).containsExactly(Vectors.doubles(misc.get("IoU per class (255 ignored)")), CLOSE);
        assertThat(score.mean()).isCloseTo(misc.get("mIoU").asDouble(), CLOSE);
    }

    @Test
    void classThatOccursNowhereStaysOutOfTheMean() {
        IntersectionOverUnion score = IntersectionOverUnion.of(new int[] {0, 0}, new int[] {0, 2}, 4, 255);
        assertThat(score.byClass()).containsExactly(0.5, Double.NaN, 0, Double.NaN);
        assertThat(score.mean()).isEqualTo(0.25);
    }

    @Test
    void classThatOccursNowhereStaysOutOfMacroF1() {
        assertThat(ConfusionMatrix.of(new int[] {0, 1}, new int[] {0, 0}, 5).macroF1())
                .isCloseTo(1.0 / 3, within(1e-12));
    }

    @Test
    void macroF1IsResampledByItsCounts() {
        int[] predicted = {0, 1, 1, 2, 0, 2, 1, 1};
        int[] actual = {0, 1, 2, 2, 1, 2, 1, 0};
        CorpusScores scores = ConfusionMatrix.macroF1Scores(predicted, actual, 40);

        assertThat(scores.value())
                .isCloseTo(ConfusionMatrix.of(predicted, actual, 40).macroF1(), within(1e-15));
        assertThat(scores.value(new int[] {1, 1, 4}))
                .as("class 1 has 2 hits, 2 answers, 3 examples; class 0 one wrong answer")
                .isCloseTo((2 * 2.0 / 5 + 0) / 2, within(1e-15));
        assertThat(scores.only(new int[] {0, 1, 3}).value()).isEqualTo(1);
        assertThat(scores.span()).as("8 rows, 3 classes, the rarest of 2").isEqualTo(3.0 * 8 / (3 * 2));
        CorpusScores other = ConfusionMatrix.macroF1Scores(new int[] {0, 1, 1, 2, 0, 2, 1, 0}, actual, 40);
        assertThat(scores.differs(other, 6)).isFalse();
        assertThat(scores.differs(other, 7)).isTrue();
    }

    @Test
    void tiesCountOneHalf() {
        assertThat(RocArea.binary(new double[] {1, 1, 2, 0}, new boolean[] {true, false, true, false}))
                .isEqualTo(0.875);
        assertThat(RocArea.binary(new double[] {1, 1}, new boolean[] {true, false}))
                .isEqualTo(0.5);
    }

    @Test
    void everyBadFieldIsNamed() {
        assertThatThrownBy(() -> ConfusionMatrix.of(new int[] {0, 3}, new int[] {-1}, 3))
                .isInstanceOf(MetricInputException.class)
                .hasMessageContaining("actual has 1 entries, but predicted has 2")
                .hasMessageContaining("predicted[1] is class 3")
                .hasMessageContaining("actual[0] is class -1");
        assertThatThrownBy(() -> RocArea.binary(new double[] {1, Double.NaN}, new boolean[] {true, true}))
                .hasMessageContaining("scores[1] is NaN")
                .hasMessageContaining("examples of one class only");
        assertThatThrownBy(() -> IntersectionOverUnion.of(new int[] {7}, new int[] {1}, 3, 255))
                .hasMessageContaining("predicted[0] is class 7");
    }

    private int[] predictions() {
        return Arrays.stream(probabilities)
                .mapToInt(row -> IntStream.range(0, row.length).reduce(0, (best, c) -> row[c] > row[best] ? c : best))
                .toArray();
    }

    private static int[] pixels(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .flatMapToInt(row -> Arrays.stream(Vectors.ints(row)))
                .toArray();
    }
}
