package io.graft.engine.metrics.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.metrics.MetricInputException;
import io.graft.engine.metrics.Vectors;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class CalibrationVectorsTest {
    private static final Offset<Double> CLOSE = within(1e-5);

    private final JsonNode cases = Vectors.cases("calibration");
    private final double[][] probabilities = Vectors.matrix(cases.get("probs"));
    private final int[] labels = Vectors.ints(cases.get("labels"));

    @Test
    void errorsOfBins() {
        double[] confidences = ProbabilityScores.confidences(probabilities);
        boolean[] correct = correct();
        Reliability tenths = Reliability.equalWidth(confidences, correct, 10);
        assertThat(tenths.expectedError())
                .isCloseTo(cases.get("ECE 10 equal-width bins (lo,hi]").asDouble(), CLOSE);
        assertThat(tenths.maximumError()).isCloseTo(cases.get("MCE").asDouble(), CLOSE);
        assertThat(Reliability.equalMass(confidences, correct, 5).expectedError())
                .isCloseTo(
                        cases.get("adaptive ECE 5 equal-mass bins (stable sort)")
                                .asDouble(),
                        CLOSE);
    }

    @Test
    void properScores() {
        assertThat(mean(ProbabilityScores.negativeLogLikelihood(probabilities, labels)))
                .isCloseTo(cases.get("NLL").asDouble(), CLOSE);
        assertThat(mean(ProbabilityScores.brier(probabilities, labels)))
                .isCloseTo(cases.get("Brier multiclass (sum over classes)").asDouble(), CLOSE);
    }

    /** Over- and under-confident at once, so that widths and masses give different errors. */
    @Test
    void asymmetricCase() {
        double[] confidences = {0.95, 0.9, 0.85, 0.6, 0.55, 0.3};
        boolean[] correct = {false, true, false, true, true, true};
        Reliability halves = Reliability.equalWidth(confidences, correct, 2);
        assertThat(halves.bins()).extracting(ReliabilityBin::count).containsExactly(1, 5);
        assertThat(halves.expectedError()).isCloseTo((0.7 * 1 + Math.abs(0.6 - 0.77) * 5) / 6, CLOSE);
        assertThat(Reliability.equalMass(confidences, correct, 2).expectedError())
                .isCloseTo((1 - 1.45 / 3) / 2 + (0.9 - 1.0 / 3) / 2, CLOSE);
    }

    @Test
    void binsAreClosedAbove() {
        double[] confidences = {0, 0.1, 0.2, 0.3, 0.7, 1};
        boolean[] correct = new boolean[6];
        assertThat(Reliability.equalWidth(confidences, correct, 10).bins())
                .extracting(ReliabilityBin::count)
                .containsExactly(2, 1, 1, 0, 0, 0, 1, 0, 0, 1);
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> Reliability.equalWidth(new double[] {0.5, 1.5}, new boolean[1], 0))
                .isInstanceOf(MetricInputException.class)
                .hasMessageContaining("correct has 1 entries")
                .hasMessageContaining("bins is 0")
                .hasMessageContaining("confidences[1] is 1.5");
        assertThatThrownBy(() -> ProbabilityScores.brier(new double[][] {{0.5, 0.2}}, new int[] {2}))
                .hasMessageContaining("labels[0] is class 2")
                .hasMessageContaining("probabilities[0] sums to 0.7");
    }

    private boolean[] correct() {
        int[] predictions = ProbabilityScores.predictions(probabilities);
        boolean[] correct = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            correct[i] = predictions[i] == labels[i];
        }
        return correct;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
