package io.graft.engine.metrics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.metrics.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClassificationReportTest {
    private final JsonNode cases = Vectors.cases("calibration");
    private final double[][] probabilities = Vectors.matrix(cases.get("probs"));
    private final int[] labels = Vectors.ints(cases.get("labels"));

    @Test
    void sectionsTellScoresCalibrationClassesAndConfusions() {
        List<ReportSection> sections =
                ClassificationReport.sections(probabilities, labels, List.of("ant", "bee", "cat"), 1);
        assertThat(sections).hasSize(4);
        assertThat(sections.get(0))
                .isInstanceOfSatisfying(
                        ReportSection.Intervals.class,
                        scores -> assertThat(scores.ranges())
                                .extracting(ReportSection.Intervals.Range::label)
                                .containsExactly("accuracy", "loss (nats)", "Brier score"));
        assertThat(sections.get(0))
                .isInstanceOfSatisfying(
                        ReportSection.Intervals.class,
                        scores -> assertThat(scores.ranges())
                                .allSatisfy(range -> assertThat(range.value()).isBetween(range.low(), range.high())));
        assertThat(sections.get(2))
                .isInstanceOfSatisfying(
                        ReportSection.Bars.class,
                        bars -> assertThat(bars.bars()).hasSize(3));
        assertThat(HtmlReport.of(new Report("report", List.of(), sections)))
                .contains("was taken for")
                .contains("macro F1 0.7392")
                .contains("<td>ant</td><td>bee</td>");
    }

    @Test
    void classesAreNamedEach() {
        assertThatThrownBy(() -> ClassificationReport.sections(probabilities, labels, List.of("ant"), 1))
                .hasMessageContaining("probabilities[0] has 3 entries, but classes has 1");
    }
}
