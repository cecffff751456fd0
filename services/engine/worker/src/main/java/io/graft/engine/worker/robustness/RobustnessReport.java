package io.graft.engine.worker.robustness;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.metrics.report.HtmlReport;
import io.graft.engine.metrics.report.Report;
import io.graft.engine.metrics.report.Report.Fact;
import io.graft.engine.metrics.report.ReportSection;
import io.graft.engine.metrics.report.ReportSection.Bars.Bar;
import io.graft.engine.metrics.report.ReportSection.Lines.Line;
import io.graft.engine.metrics.report.ReportSection.Lines.Point;
import io.graft.engine.metrics.robustness.AttackResult;
import io.graft.engine.metrics.robustness.RobustnessScore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * What a test of robustness found out, for machines and for people: {@code facts}, {@code metrics}, {@code siblings}, the
 * {@code curve} of the share fooled over queries, and each attacked picture under {@code examples}.
 *
 * @param facts what was attacked with what
 * @param metrics the job's
 */
record RobustnessReport(
        List<Fact> facts, SortedMap<String, Double> metrics, AttackedVersion version, List<SiblingOutcome> siblings) {
    private static final JsonMapper JSON = new JsonMapper();

    RobustnessReport {
        facts = List.copyOf(facts);
        siblings = List.copyOf(siblings);
    }

    /** The content of {@code report.json}. */
    String json() throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        Map<String, String> told = new LinkedHashMap<>();
        facts.forEach(fact -> told.put(fact.name(), fact.value()));
        root.put("facts", told);
        root.put("metrics", metrics);
        root.put("siblings", siblings.stream().map(RobustnessReport::sibling).toList());
        root.put(
                "curve",
                curve().stream()
                        .map(point -> Map.of("queries", (int) point.x(), "success_rate", point.y()))
                        .toList());
        root.put("examples", version.pictures().stream().map(this::example).toList());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static Map<String, Object> sibling(SiblingOutcome sibling) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("version", sibling.version());
        number(line, "transfer_rate", sibling.transferRate());
        number(line, "clean_error_rate", sibling.cleanErrorRate());
        return line;
    }

    private Map<String, Object> example(AttackedPicture picture) {
        AttackResult result = picture.result();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("row", picture.row());
        line.put("label", version.labels().get(picture.label()));
        line.put("fooled", result.success());
        line.put("queries", result.queries());
        line.put("margin", result.margin());
        line.put("linf", result.largestChange());
        line.put("l2", result.euclideanChange());
        if (picture.attribution() != null) {
            line.put("attribution_iou", picture.attribution().intersectionOverUnion());
            line.put("attribution_l1", picture.attribution().l1());
        }
        return line;
    }

    private static void number(Map<String, Object> line, String name, double value) {
        if (!Double.isNaN(value)) {
            line.put(name, value);
        }
    }

    /** Where the share of the fooled rises, from 0 queries to the budget; empty when nothing was attacked. */
    private List<Point> curve() {
        RobustnessScore score = version.score();
        if (score.attacked() == 0) {
            return List.of();
        }
        IntStream rises = score.results().stream().filter(AttackResult::success).mapToInt(AttackResult::queries);
        return IntStream.concat(IntStream.of(0, version.budget().queries()), rises)
                .sorted()
                .distinct()
                .mapToObj(queries -> new Point(queries, score.successRateWithin(queries)))
                .toList();
    }

    /** The content of {@code report.html}, which loads nothing. */
    String html() {
        List<ReportSection> sections = new ArrayList<>();
        if (version.pictures().isEmpty()) {
            sections.add(new ReportSection.Note(
                    "Nothing to attack",
                    "The version labels none of the pictures rightly, so that none was attacked."));
        } else {
            sections.add(new ReportSection.Lines(
                    "Share of pictures fooled, over queries",
                    "queries, the first population included",
                    "share fooled",
                    false,
                    List.of(new Line("fooled", steps()))));
            sections.add(classes());
        }
        if (!siblings.isEmpty()) {
            sections.add(new ReportSection.Table(
                    "The same changes on other versions",
                    List.of("version", "fooled too", "wrong about the same pictures unchanged"),
                    siblings.stream()
                            .map(each ->
                                    List.of(each.version(), number(each.transferRate()), number(each.cleanErrorRate())))
                            .toList()));
        }
        sections.add(new ReportSection.Table(
                "All numbers",
                List.of("metric", "value"),
                metrics.entrySet().stream()
                        .map(each -> List.of(each.getKey(), number(each.getValue())))
                        .toList()));
        return HtmlReport.of(new Report("Robustness", facts, sections));
    }

    private List<Point> steps() {
        List<Point> steps = new ArrayList<>();
        for (Point point : curve()) {
            if (!steps.isEmpty()) {
                steps.add(new Point(point.x(), steps.getLast().y()));
            }
            steps.add(point);
        }
        return steps;
    }

    private ReportSection classes() {
        List<Bar> bars = new ArrayList<>();
        for (int label = 0; label < version.labels().size(); label++) {
            int wanted = label;
            List<AttackedPicture> of = version.pictures().stream()
                    .filter(picture -> picture.label() == wanted)
                    .toList();
            if (!of.isEmpty()) {
                long fooled =
                        of.stream().filter(each -> each.result().success()).count();
                bars.add(new Bar(version.labels().get(label), (double) fooled / of.size(), false));
            }
        }
        return new ReportSection.Bars("Share fooled of each label", bars, "");
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return String.format(Locale.ROOT, whole ? "%.0f" : "%.6g", value);
    }
}
