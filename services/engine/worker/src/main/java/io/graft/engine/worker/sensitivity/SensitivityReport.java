package io.graft.engine.worker.sensitivity;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.metrics.report.HtmlReport;
import io.graft.engine.metrics.report.Report;
import io.graft.engine.metrics.report.Report.Fact;
import io.graft.engine.metrics.report.ReportSection;
import io.graft.engine.metrics.report.ReportSection.Lines.Line;
import io.graft.engine.metrics.report.ReportSection.Lines.Point;
import io.graft.engine.metrics.sensitivity.LearningRateSensitivity;
import io.graft.engine.metrics.sensitivity.Sharpness;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a measurement of sensitivity found out, for machines and for people.
 *
 * @param facts what was measured with what
 * @param sharpness null for a network that cannot be differentiated twice
 * @param initialLoss before any training
 * @param rates each with its loss, ascending; one at least did not diverge
 */
record SensitivityReport(List<Fact> facts, @Nullable Sharpness sharpness, double initialLoss, List<SweptRate> rates) {
    private static final JsonMapper JSON = new JsonMapper();

    SensitivityReport {
        facts = List.copyOf(facts);
        rates = List.copyOf(rates);
    }

    /** The job's numbers, by the names that its specification tells. */
    SortedMap<String, Double> metrics() {
        SweptRate best = rates.stream()
                .filter(rate -> !rate.diverged())
                .min(Comparator.comparingDouble(SweptRate::loss))
                .orElseThrow();
        SortedMap<String, Double> metrics = new TreeMap<>();
        if (sharpness != null) {
            metrics.put("sharpness", sharpness.eigenvalue());
            metrics.put("sharpness_iterations", (double) sharpness.iterations());
            metrics.put("sharpness_converged", sharpness.converged() ? 1.0 : 0.0);
            if (sharpness.eigenvalue() > 0) {
                metrics.put("stable_learning_rate", 2 / sharpness.eigenvalue());
            }
        }
        metrics.put(
                "learning_rate_sensitivity",
                LearningRateSensitivity.of(
                        rates.stream().mapToDouble(SweptRate::loss).toArray(), initialLoss));
        metrics.put("initial_loss", initialLoss);
        metrics.put("best_loss", best.loss());
        metrics.put("best_learning_rate", best.rate());
        metrics.put(
                "diverged", (double) rates.stream().filter(SweptRate::diverged).count());
        return metrics;
    }

    /** The content of {@code report.json}: {@code facts}, {@code metrics}, and each of the {@code rates} with its loss. */
    String json() throws IOException {
        Map<String, String> told = new LinkedHashMap<>();
        facts.forEach(fact -> told.put(fact.name(), fact.value()));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("facts", told);
        root.put("metrics", metrics());
        root.put("rates", rates.stream().map(SensitivityReport::line).toList());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static Map<String, Object> line(SweptRate rate) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("learning_rate", rate.rate());
        line.put("diverged", rate.diverged());
        if (!rate.diverged()) {
            line.put("loss", rate.loss());
        }
        return line;
    }

    /** The content of {@code report.html}, which loads nothing. */
    String html() {
        List<Point> trained = rates.stream()
                .map(rate -> new Point(rate.rate(), Math.min(initialLoss, rate.loss())))
                .toList();
        List<Point> untrained = List.of(
                new Point(rates.getFirst().rate(), initialLoss),
                new Point(rates.getLast().rate(), initialLoss));
        return HtmlReport.of(new Report(
                "Sensitivity",
                facts,
                List.of(
                        new ReportSection.Lines(
                                "Loss over learning rate",
                                "learning rate; a rate that diverged, or made the loss worse, counts as untrained",
                                "loss",
                                true,
                                List.of(new Line("after training", counted(trained)), new Line("before", untrained))),
                        new ReportSection.Table(
                                "Learning rates",
                                List.of("learning rate", "loss"),
                                rates.stream()
                                        .map(rate -> List.of(
                                                number(rate.rate()),
                                                rate.diverged() ? "diverged" : number(rate.loss())))
                                        .toList()),
                        new ReportSection.Table(
                                "All numbers",
                                List.of("metric", "value"),
                                metrics().entrySet().stream()
                                        .map(each -> List.of(each.getKey(), number(each.getValue())))
                                        .toList()))));
    }

    private List<Point> counted(List<Point> points) {
        return points.stream()
                .map(point -> Double.isNaN(point.y()) ? new Point(point.x(), initialLoss) : point)
                .toList();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
