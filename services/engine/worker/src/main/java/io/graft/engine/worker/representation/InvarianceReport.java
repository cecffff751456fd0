package io.graft.engine.worker.representation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.metrics.report.HtmlReport;
import io.graft.engine.metrics.report.Report;
import io.graft.engine.metrics.report.ReportSection;
import io.graft.engine.metrics.report.ReportSection.Intervals.Range;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.evaluation.ReportFacts;
import io.graft.v1.InvarianceCell;
import io.graft.v1.InvarianceMatrix;
import io.graft.v1.InvarianceSpec;
import io.graft.v1.PictureTransform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a measurement of invariance found out: the typed answer, the metrics, {@code report.json} and {@code report.html}.
 *
 * @param rows pictures that were looked at
 */
record InvarianceReport(JobRun run, InvarianceSpec spec, int rows, InvarianceMatrix matrix) {
    private static final JsonMapper JSON = new JsonMapper();

    /** By name: {@code shift}, or {@code shift/layers.0} for a named layer. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("rows", (double) rows);
        matrix.getCellsList().forEach(cell -> metrics.put(name(cell), cell.getValue()));
        return metrics;
    }

    private static String name(InvarianceCell cell) {
        String change = PictureChanges.name(cell.getChange());
        return cell.getLayer().isEmpty() ? change : change + "/" + cell.getLayer();
    }

    String json() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts().forEach(fact -> facts.put(fact.name(), fact.value()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("facts", facts);
        json.put("metrics", metrics());
        json.put("metric", metric());
        json.put(
                "cells",
                matrix.getCellsList().stream().map(InvarianceReport::cell).toList());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    private static Map<String, Object> cell(InvarianceCell cell) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("change", PictureChanges.name(cell.getChange()));
        entry.put("layer", cell.getLayer());
        entry.put("value", cell.getValue());
        entry.put("low", cell.getInterval().getLow());
        entry.put("high", cell.getInterval().getHigh());
        entry.put("level", cell.getInterval().getLevel());
        return entry;
    }

    String html() {
        List<ReportSection> sections = new ArrayList<>();
        boolean isDistance = metric().equals("l2");
        sections.add(new ReportSection.Note(
                "How to read this",
                isDistance
                        ? "0 is invariant: the change makes no difference to the features. 1 is as different as unrelated"
                                + " pictures."
                        : "Higher is more alike under the change."));
        sections.add(new ReportSection.Intervals(
                "Invariance by " + metric() + ", with intervals at 0.95",
                matrix.getCellsList().stream()
                        .map(cell -> new Range(
                                name(cell),
                                cell.getValue(),
                                cell.getInterval().getLow(),
                                cell.getInterval().getHigh()))
                        .toList(),
                isDistance ? 1 : Double.NaN));
        return HtmlReport.of(new Report("Invariance", facts(), sections));
    }

    private String metric() {
        return matrix.getMetric().name().replace("INVARIANCE_METRIC_", "").toLowerCase(Locale.ROOT);
    }

    private List<Report.Fact> facts() {
        String changes = spec.getTransformsList().stream()
                .map((PictureTransform transform) ->
                        PictureChanges.name(transform.getChange()) + "=" + transform.getRange())
                .collect(Collectors.joining(","));
        return ReportFacts.of(
                run,
                "invariance/1 metric=" + metric() + " changes=" + changes + " rows=" + rows + " seeds="
                        + spec.getSeedA() + "," + spec.getSeedB() + " pooling=" + spec.getPooling());
    }
}
