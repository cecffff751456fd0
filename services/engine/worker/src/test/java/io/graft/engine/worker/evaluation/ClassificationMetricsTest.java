package io.graft.engine.worker.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** By hand, with a model that is too sure of itself on one row. */
final class ClassificationMetricsTest {
    private static final double[][] PROBABILITIES = {{0.9, 0.1}, {0.2, 0.8}, {0.6, 0.4}, {0.3, 0.7}};

    @Test
    void tellsClassesAreaAndCalibration() {
        ClassificationMetrics classified = of(PROBABILITIES, 0, 1, 1, 1);

        SortedMap<String, Double> metrics = classified.metrics();
        assertThat(metrics).containsOnlyKeys("f1_macro", "f1_micro", "auc", "brier", "ece", "mce", "ace");
        assertThat(metrics.get("f1_macro")).isCloseTo((2.0 / 3 + 4.0 / 5) / 2, within(1e-12));
        assertThat(metrics.get("f1_micro")).isEqualTo(0.75);
        assertThat(metrics.get("auc")).as("0.1 lies below 0.8, 0.4 and 0.7").isEqualTo(1);
        assertThat(metrics.get("brier")).isCloseTo(2 * (0.01 + 0.04 + 0.36 + 0.09) / 4, within(1e-12));
        assertThat(metrics.get("ece"))
                .as("each row has a bin of its own")
                .isCloseTo((0.1 + 0.2 + 0.6 + 0.3) / 4, within(1e-12));
        assertThat(metrics.get("mce")).isCloseTo(0.6, within(1e-12));
        assertThat(metrics.get("ace")).isCloseTo(0.3, within(1e-12));
        assertThat(classified.brier().values()).hasSize(4);
        assertThat(classified.macroF1().scores().value()).isEqualTo(metrics.get("f1_macro"));
    }

    @Test
    void hasNoAreaWhereAClassIsMissing() {
        assertThat(of(PROBABILITIES, 1, 1, 1, 1).metrics())
                .doesNotContainKey("auc")
                .containsEntry("f1_micro", 0.5);
    }

    private static ClassificationMetrics of(double[][] probabilities, int... labels) {
        return ClassificationMetrics.of(new Predictions(probabilities, labels, List.of("no", "yes")));
    }
}
