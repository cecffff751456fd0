package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.comparison.Bootstrap;
import io.graft.engine.metrics.comparison.Bounds;
import io.graft.engine.metrics.comparison.Comparison;
import io.graft.engine.metrics.gate.Direction;
import io.graft.engine.metrics.gate.RunPair;
import io.graft.engine.metrics.report.ClassificationReport;
import io.graft.engine.metrics.report.HtmlReport;
import io.graft.engine.metrics.report.Report;
import io.graft.engine.metrics.report.ReportSection;
import io.graft.engine.metrics.report.ReportSection.Intervals.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes {@code report.html}, which loads nothing: the verdict, the gains over the baseline with their intervals, and the
 * scores with theirs; for a classifier also its calibration, its classes and its confusions.
 */
record PageReport(EvaluationReport report) {
    private static final long SEED = 0;
    private static final double TAIL = 0.025;

    String html() {
        List<ReportSection> sections = new ArrayList<>();
        if (report.verdict() != null) {
            sections.add(new ReportSection.Decision("Gate", report.verdict()));
        }
        if (report.pairing() != null) {
            sections.add(gains(report.pairing()));
        }
        Predictions predictions = report.measured().predictions();
        if (predictions != null) {
            sections.addAll(ClassificationReport.sections(
                    predictions.probabilities(), predictions.labels(), predictions.classes(), SEED));
        } else {
            sections.add(scores(report.measured()));
        }
        sections.add(metrics());
        sections.addAll(report.measured().extras().sections());
        return HtmlReport.of(new Report("Evaluation", report.facts(), sections));
    }

    private static ReportSection gains(Pairing pairing) {
        List<Range> ranges = new ArrayList<>();
        for (RowsMetric metric : pairing.candidate().measurement().comparable()) {
            RunPair runs = pairing.runs(metric.name());
            Comparison comparison = Comparison.of(
                    runs.candidate().scores(), runs.baseline().scores(), Bootstrap.DEFAULT_RESAMPLES, SEED);
            Bounds gain = metric.direction() == Direction.HIGHER_IS_BETTER ? comparison : comparison.negated();
            ranges.add(range(metric.name(), gain));
        }
        return new ReportSection.Intervals("Gain over the baseline, with intervals at 0.95", ranges, 0);
    }

    private static ReportSection scores(Measurement measured) {
        List<Range> ranges = measured.comparable().stream()
                .map(metric -> range(metric.name(), Bootstrap.of(metric.scores(), Bootstrap.DEFAULT_RESAMPLES, SEED)))
                .toList();
        return new ReportSection.Intervals("Scores, with intervals at 0.95", ranges, Double.NaN);
    }

    private static Range range(String label, Bounds bounds) {
        return new Range(label, bounds.estimate(), bounds.lower(TAIL), bounds.upper(TAIL));
    }

    private ReportSection metrics() {
        return new ReportSection.Table(
                "All numbers",
                List.of("metric", "value"),
                report.metrics().entrySet().stream().map(PageReport::row).toList());
    }

    private static List<String> row(Map.Entry<String, Double> metric) {
        double value = metric.getValue();
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return List.of(metric.getKey(), String.format(Locale.ROOT, isWhole ? "%.0f" : "%.6g", value));
    }
}
