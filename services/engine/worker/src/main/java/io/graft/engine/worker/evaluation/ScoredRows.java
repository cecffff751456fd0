package io.graft.engine.worker.evaluation;

import io.graft.engine.data.DataException;
import io.graft.engine.data.ExampleRows;
import io.graft.engine.worker.StopSignal;
import io.graft.engine.worker.evaluation.TextScorer.TextKind;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.Value;
import io.graft.platform.datasets.schema.Labels;
import io.graft.v1.ScoreSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads predictions beside their references; throws {@link DataException} with up to 20 problems, naming rows. */
record ScoredRows(Path folder, ScoreSpec spec, StopSignal stop) {
    private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[a-zA-Z0-9]");
    private static final int MOST_CLASSES = 10_000;
    private static final int STANDARD_IGNORED = 255;

    /**
     * Texts, one a row in each list.
     *
     * @param references of each row, one or more
     * @param baseline null without one
     */
    record Texts(
            List<List<String>> references,
            List<String> candidate,
            @Nullable List<String> baseline) {}

    Texts texts(TextKind kind) throws IOException {
        List<List<String>> references = new ArrayList<>();
        List<String> candidate = new ArrayList<>();
        List<String> baseline = new ArrayList<>();
        ExampleRows.forEach(folder, spec.getSplit(), List.of(), spec.getMaxRows(), (row, rows) -> {
            stop.check();
            references.add(references(row, rows, kind));
            candidate.add(prediction(row, rows, spec.getPrediction(), kind));
            if (!spec.getBaseline().isEmpty()) {
                baseline.add(prediction(row, rows, spec.getBaseline(), kind));
            }
        });
        return new Texts(references, candidate, spec.getBaseline().isEmpty() ? null : baseline);
    }

    private static String prediction(Row row, ExampleRows rows, String column, TextKind kind) {
        Value value = row.value(column);
        if (value instanceof Value.Absent && kind != TextKind.LABEL) {
            return "";
        }
        String text = Labels.text(value);
        if (text == null) {
            rows.report(row, column, "is no text", "Write the prediction as text; a label also as a whole number");
            return "";
        }
        return text;
    }

    private List<String> references(Row row, ExampleRows rows, TextKind kind) {
        List<String> texts = new ArrayList<>();
        for (String column : spec.getReferencesList()) {
            Value value = row.value(column);
            List<Value> values = value instanceof Value.Items(List<Value> several) ? several : List.of(value);
            if (values.isEmpty()) {
                rows.report(row, column, "has no reference", "Give one at least, or drop the row");
            }
            for (Value each : values) {
                String text = Labels.text(each);
                String fault = fault(each, text, kind);
                if (fault == null && text != null) {
                    texts.add(text);
                } else {
                    rows.report(row, column, String.valueOf(fault), "Write the truth there, or drop the row");
                }
            }
        }
        return texts;
    }

    private static @Nullable String fault(Value value, @Nullable String text, TextKind kind) {
        if (text == null) {
            return value instanceof Value.Absent ? "is missing" : "is no text";
        }
        return switch (kind) {
            case ANSWER -> null;
            case TRANSCRIPTION, TRANSLATION, LABEL -> text.isBlank() ? "is an empty reference" : null;
            case SUMMARY ->
                LETTER_OR_DIGIT.matcher(text).find()
                        ? null
                        : "has no letter from a to z and no digit, and ROUGE counts nothing else";
        };
    }

    /**
     * Adds the masks of each row to the scorers.
     *
     * @param baseline null without one
     */
    void masks(MaskScorer candidate, @Nullable MaskScorer baseline) throws IOException {
        String truth = spec.getReferences(0);
        ExampleRows.forEach(folder, spec.getSplit(), List.of(), spec.getMaxRows(), (row, rows) -> {
            stop.check();
            int[] actual = mask(row, rows, truth);
            add(row, rows, spec.getPrediction(), actual, candidate);
            if (baseline != null) {
                add(row, rows, spec.getBaseline(), actual, baseline);
            }
        });
        if (!candidate.hasPixels()) {
            throw new DataException("No pixel of '" + truth + "' counts: all are " + ignored()
                    + ", which ignore_index leaves out. Name another one.");
        }
    }

    /** The truth that is left out; negative for none. */
    int ignored() {
        return spec.hasIgnoreIndex() ? spec.getIgnoreIndex() : STANDARD_IGNORED;
    }

    private static void add(Row row, ExampleRows rows, String column, int @Nullable [] actual, MaskScorer scorer) {
        int[] predicted = mask(row, rows, column);
        if (predicted == null || actual == null) {
            return;
        }
        if (predicted.length == actual.length) {
            scorer.add(predicted, actual);
        } else {
            rows.report(
                    row,
                    column,
                    "has " + predicted.length + " pixels, the truth " + actual.length,
                    "Bring both to one size");
        }
    }

    private static int @Nullable [] mask(Row row, ExampleRows rows, String column) {
        List<Integer> pixels = new ArrayList<>();
        Value value = row.value(column);
        if (value instanceof Value.Items(List<Value> values) && isMask(values, pixels) && !pixels.isEmpty()) {
            return pixels.stream().mapToInt(Integer::intValue).toArray();
        }
        rows.report(
                row,
                column,
                "is no mask",
                "Write a list of class ids, or of lists of them, from 0 to " + (MOST_CLASSES - 1));
        return null;
    }

    private static boolean isMask(List<Value> values, List<Integer> pixels) {
        for (Value value : values) {
            boolean fits = switch (value) {
                case Value.Whole(long number) when number >= 0 && number < MOST_CLASSES -> pixels.add((int) number);
                case Value.Items(List<Value> line) -> isMask(line, pixels);
                default -> false;
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
