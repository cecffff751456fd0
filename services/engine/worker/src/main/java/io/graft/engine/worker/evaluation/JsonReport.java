package io.graft.engine.worker.evaluation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.metrics.gate.GateSummary;
import io.graft.engine.metrics.gate.GateVerdict;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code report.json}: {@code facts}, {@code metrics}, {@code gate} (null without one), how many {@code rows} have
 * values, and of the first {@value #MOST_EXAMPLES} of them the {@code examples}, a line each: {@code row}, from 0 among
 * those that are measured on, its {@code label} and what {@code candidate} and {@code baseline} made of it.
 */
record JsonReport(EvaluationReport report) {
    static final int MOST_EXAMPLES = 100_000;

    private static final JsonMapper JSON = new JsonMapper();

    void write(Path file) throws IOException {
        int rows = report.measured().rows().length;
        String head = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(head(rows));
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write(head.substring(0, head.lastIndexOf('\n')));
            out.write(",\n  \"examples\" : [");
            for (int i = 0; i < Math.min(rows, MOST_EXAMPLES); i++) {
                out.write(i == 0 ? "\n    " : ",\n    ");
                out.write(JSON.writeValueAsString(example(i)));
            }
            out.write("\n  ]\n}\n");
        }
    }

    private Map<String, @Nullable Object> head(int rows) {
        Map<String, String> facts = new LinkedHashMap<>();
        report.facts().forEach(fact -> facts.put(fact.name(), fact.value()));
        GateVerdict verdict = report.verdict();
        Map<String, @Nullable Object> head = new LinkedHashMap<>();
        head.put("facts", facts);
        head.put("metrics", report.metrics());
        head.put("gate", verdict == null ? null : GateSummary.of(verdict));
        head.put("rows", rows);
        return head;
    }

    private Map<String, Object> example(int example) {
        Measurement measured = report.measured();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("row", measured.rows()[example]);
        Predictions predictions = measured.predictions();
        if (predictions != null) {
            line.put("label", predictions.classes().get(predictions.labels()[example]));
        }
        line.put("candidate", values(measured, example));
        report.baseline().ifPresent(baseline -> line.put("baseline", values(baseline, example)));
        return line;
    }

    private static Map<String, Object> values(Measurement measurement, int example) {
        Map<String, Object> values = new LinkedHashMap<>();
        Predictions predictions = measurement.predictions();
        if (predictions != null) {
            values.put("prediction", predictions.classes().get(predictions.predicted(example)));
        }
        measurement.examples().forEach(metric -> values.put(metric.name(), (float) metric.values()[example]));
        return values;
    }
}
