package io.graft.evaluation.domain;

import com.google.protobuf.util.Durations;
import io.graft.platform.submission.DataInput;
import io.graft.platform.submission.Draft;
import io.graft.platform.submission.Inputs;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.VersionCatalog;
import io.graft.platform.submission.training.CheckedData;
import io.graft.platform.submission.training.DataCheck;
import io.graft.platform.submission.training.Task;
import io.graft.v1.ArtifactKind;
import io.graft.v1.ColumnType;
import io.graft.v1.DatasetColumn;
import io.graft.v1.JobEstimate;
import io.graft.v1.ScoreSpec;
import io.graft.v1.ScoringKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides whether a scoring can succeed, before anything is started. Thread-safe. */
final class ScoreValidation {
    private static final Set<ColumnType> TEXTS = Set.of(
            ColumnType.COLUMN_TYPE_TEXT,
            ColumnType.COLUMN_TYPE_INTEGER,
            ColumnType.COLUMN_TYPE_DECIMAL,
            ColumnType.COLUMN_TYPE_BOOLEAN);
    private static final Set<ColumnType> TEXTS_OR_LISTS = Set.of(
            ColumnType.COLUMN_TYPE_TEXT,
            ColumnType.COLUMN_TYPE_INTEGER,
            ColumnType.COLUMN_TYPE_DECIMAL,
            ColumnType.COLUMN_TYPE_BOOLEAN,
            ColumnType.COLUMN_TYPE_LIST);
    private static final Set<ColumnType> LISTS = Set.of(ColumnType.COLUMN_TYPE_LIST);
    private static final long JVM_BYTES = 384L << 20;
    private static final long HELD = 6;
    private static final long BYTES_A_SECOND = 2_000_000;

    private final DataCheck data;

    ScoreValidation(VersionCatalog versions) {
        this.data = new DataCheck(new Inputs(versions));
    }

    /**
     * Checks the data set that a sound specification names.
     *
     * @throws io.graft.platform.error.GraftException naming every column that does not fit, or the version that can't be
     *     used
     */
    Draft check(SpecFields fields, ScoreSpec spec) {
        CheckedData rows = data.check(fields, "spec", "data", ScoreFields.rows(spec), Task.OTHER);
        columns(fields, rows.input(), spec);
        SubsetFields.fit(fields, spec.getGate().getSubsetsList(), rows.input().version());
        fields.throwIfAny();
        return new Draft(
                spec,
                List.of(rows.input()),
                "",
                ArtifactKind.ARTIFACT_KIND_UNSPECIFIED,
                estimate(rows, spec.getBaseline().isEmpty() ? 1 : 2),
                List.of());
    }

    private static void columns(SpecFields fields, DataInput input, ScoreSpec spec) {
        boolean isMask = spec.getKind() == ScoringKind.SCORING_KIND_SEGMENTATION;
        Set<ColumnType> predictions = isMask ? LISTS : TEXTS;
        boolean isEmptyFine = !isMask && spec.getKind() != ScoringKind.SCORING_KIND_LABEL;
        column(fields, "spec.prediction", input, spec.getPrediction(), predictions, isEmptyFine);
        if (!spec.getBaseline().isEmpty()) {
            column(fields, "spec.baseline", input, spec.getBaseline(), predictions, isEmptyFine);
        }
        Set<ColumnType> truths = switch (spec.getKind()) {
            case SCORING_KIND_TRANSLATION, SCORING_KIND_SUMMARY, SCORING_KIND_ANSWER -> TEXTS_OR_LISTS;
            case SCORING_KIND_SEGMENTATION -> LISTS;
            case SCORING_KIND_TRANSCRIPTION, SCORING_KIND_LABEL, SCORING_KIND_UNSPECIFIED, UNRECOGNIZED -> TEXTS;
        };
        for (int i = 0; i < spec.getReferencesCount(); i++) {
            column(fields, "spec.references[" + i + "]", input, spec.getReferences(i), truths, false);
        }
    }

    private static void column(
            SpecFields fields, String field, DataInput input, String name, Set<ColumnType> types, boolean isEmptyFine) {
        Optional<DatasetColumn> found = DataCheck.find(input.version(), name);
        fields.require(
                found.isPresent(),
                field,
                "is '" + name + "', which is no column of " + input.name() + "; it has "
                        + DataCheck.names(input.version()));
        found.ifPresent(column -> {
            fields.require(
                    types.contains(column.getType()),
                    field,
                    "is '" + name + "', which holds " + words(column.getType()) + "; this kind takes "
                            + types.stream()
                                    .map(ScoreValidation::words)
                                    .sorted()
                                    .collect(Collectors.joining(" or ")));
            fields.require(
                    isEmptyFine || !column.getOptional(),
                    field,
                    "is '" + name + "', which some rows lack; complete or drop them");
        });
    }

    private static String words(ColumnType type) {
        return type.name().replace("COLUMN_TYPE_", "");
    }

    /** Rows are held as texts, and scored by one processor. */
    private static JobEstimate estimate(CheckedData rows, int columns) {
        long bytes = rows.input().bytes();
        long output = EvaluationEstimate.reportBytes(rows.rows());
        long memory = JVM_BYTES + HELD * bytes;
        long seconds = Math.max(1, columns * bytes / BYTES_A_SECOND);
        return JobEstimate.newBuilder()
                .setMemoryBytes(memory)
                .setDiskBytes(bytes + output)
                .setOutputBytes(output)
                .setTime(Durations.fromSeconds(seconds))
                .addArithmetic("memory: " + JVM_BYTES + " B for the JVM + " + HELD + " x " + bytes
                        + " B of rows held as texts = " + memory + " B")
                .addArithmetic("disk: data " + bytes + " B + output " + output + " B")
                .addArithmetic("time: " + columns + " x " + bytes + " B / " + BYTES_A_SECOND + " B a second = "
                        + seconds + " s")
                .build();
    }
}
