package io.graft.evaluation.domain;

import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.DataFields;
import io.graft.platform.submission.training.Task;
import io.graft.v1.ScoreSpec;
import io.graft.v1.ScoringKind;
import io.graft.v1.TrainingData;
import java.util.HashSet;
import java.util.List;

/** Checks the fields of a scoring and fills in what is not said, before the data set is looked up. */
final class ScoreFields {
    private static final int STANDARD_IGNORED = 255;
    private static final int MOST_REFERENCES = 100;

    private ScoreFields() {}

    /** The specification with its defaults; what is wrong is noted. */
    static ScoreSpec effective(SpecFields fields, ScoreSpec spec) {
        DataFields.check(fields, "spec", rows(spec), Task.OTHER);
        fields.require(!spec.getPrediction().isEmpty(), "spec.prediction", "is required: name the column");
        references(fields, spec);
        fields.require(
                spec.getKind() != ScoringKind.SCORING_KIND_UNSPECIFIED && spec.getKind() != ScoringKind.UNRECOGNIZED,
                "spec.kind",
                "is none of TRANSCRIPTION, TRANSLATION, SUMMARY, ANSWER, LABEL, SEGMENTATION");
        fields.require(
                spec.getBaseline().isEmpty() || !spec.getBaseline().equals(spec.getPrediction()),
                "spec.baseline",
                "is the scored column itself, so that nothing could differ; name another column");
        boolean isMask = spec.getKind() == ScoringKind.SCORING_KIND_SEGMENTATION;
        fields.require(isMask || !spec.hasIgnoreIndex(), "spec.ignore_index", "goes with SEGMENTATION only");
        ScoreSpec.Builder effective = spec.toBuilder();
        if (isMask && !spec.hasIgnoreIndex()) {
            effective.setIgnoreIndex(STANDARD_IGNORED);
        }
        List<String> known = metrics(spec);
        if (spec.hasGate() && !known.isEmpty()) {
            fields.require(
                    !spec.getBaseline().isEmpty(),
                    "spec.gate",
                    "goes with spec.baseline only; name the column of the predictions to stand up to there");
            GateFields.rule(fields, GateFields.effective(spec.getGate(), known), known);
            effective.setGate(GateFields.effective(spec.getGate(), known));
        }
        return effective.build();
    }

    private static void references(SpecFields fields, ScoreSpec spec) {
        List<String> references = spec.getReferencesList();
        boolean isOne = switch (spec.getKind()) {
            case SCORING_KIND_TRANSLATION, SCORING_KIND_SUMMARY, SCORING_KIND_ANSWER -> false;
            case SCORING_KIND_TRANSCRIPTION,
                    SCORING_KIND_LABEL,
                    SCORING_KIND_SEGMENTATION,
                    SCORING_KIND_UNSPECIFIED,
                    UNRECOGNIZED -> true;
        };
        fields.require(!references.isEmpty(), "spec.references", "is required: name the column with the truth");
        fields.require(
                references.size() <= (isOne ? 1 : MOST_REFERENCES),
                "spec.references",
                isOne ? "is one column for this kind" : "has more than " + MOST_REFERENCES + " columns");
        fields.require(
                new HashSet<>(references).size() == references.size()
                        && references.stream()
                                .noneMatch(column -> column.isEmpty()
                                        || column.equals(spec.getPrediction())
                                        || column.equals(spec.getBaseline())),
                "spec.references",
                "names a column twice, a column of predictions, or an empty name");
    }

    /** The rows as other jobs name them. */
    static TrainingData rows(ScoreSpec spec) {
        return TrainingData.newBuilder()
                .setDataset(spec.getDataset())
                .setSplit(spec.getSplit())
                .setMaxRows(spec.getMaxRows())
                .build();
    }

    /** What a gate can compare, the standard one first; empty for no kind. */
    private static List<String> metrics(ScoreSpec spec) {
        return switch (spec.getKind()) {
            case SCORING_KIND_TRANSCRIPTION -> List.of("cer", "wer");
            case SCORING_KIND_TRANSLATION ->
                spec.getReferencesCount() == 1 ? List.of("bleu", "chrf", "ter") : List.of("bleu", "chrf");
            case SCORING_KIND_SUMMARY -> List.of("rouge1", "rouge2", "rougeL", "rougeLsum");
            case SCORING_KIND_ANSWER -> List.of("f1", "exact_match");
            case SCORING_KIND_LABEL -> List.of("accuracy", "f1_macro");
            case SCORING_KIND_SEGMENTATION -> List.of("miou", "pixel_accuracy");
            case SCORING_KIND_UNSPECIFIED, UNRECOGNIZED -> List.of();
        };
    }
}
