package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.gate.GateVerdict;
import io.graft.engine.metrics.report.Report.Fact;
import io.graft.engine.worker.JobOutput;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.JobRunner;
import io.graft.engine.worker.JobSpec;
import io.graft.engine.worker.evaluation.TextScorer.TextKind;
import io.graft.engine.worker.training.Computation;
import io.graft.engine.worker.training.DataRows;
import io.graft.engine.worker.training.Roles;
import io.graft.platform.artifact.ContentDigest;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.AssignmentInput;
import io.graft.v1.LongRows;
import io.graft.v1.Manifest;
import io.graft.v1.ScoreSpec;
import io.graft.v1.TrainingData;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs of kind {@code score}: scores predictions that rows hold already. Runs no model and opens no tensor library. */
public final class ScoreRunner implements JobRunner {
    /** For ServiceLoader. */
    public ScoreRunner() {}

    @Override
    public String kind() {
        return "score";
    }

    @Override
    public boolean reads(AssignmentInput input, String path) {
        return true;
    }

    @Override
    public long outputBytes(Map<String, Manifest> inputs) {
        return ReportSize.of(inputs.getOrDefault(Roles.DATA, Manifest.getDefaultInstance()));
    }

    @Override
    public JobOutput run(JobRun run) throws IOException {
        ScoreSpec spec = JobSpec.of(run.assignment(), ScoreSpec.class);
        run.progress().begin("score", 0);
        Scored scored = Computation.withoutTensors(() -> score(run, spec));
        List<Fact> facts = ReportFacts.of(run, scored.evaluator());
        facts.add(new Fact("predictions", spec.getPrediction()));
        facts.add(new Fact("references", String.join(", ", spec.getReferencesList())));
        Measurement baseline = scored.baseline();
        if (baseline == null) {
            return EvaluationReport.of(facts, scored.candidate()).write(run, spec.getGate());
        }
        facts.add(new Fact("baseline", spec.getBaseline()));
        Pairing pairing = new Pairing(
                new Pairing.Measured(spec.getPrediction(), scored.candidate()),
                new Pairing.Measured(spec.getBaseline(), baseline),
                dataDigest(run, spec),
                scored.evaluator());
        GateVerdict verdict = spec.hasGate() ? pairing.decide(spec.getGate(), rows(run, spec)) : null;
        return EvaluationReport.of(facts, pairing, verdict).write(run, spec.getGate());
    }

    private static DataRows rows(JobRun run, ScoreSpec spec) {
        TrainingData data = TrainingData.newBuilder()
                .setSplit(spec.getSplit())
                .setMaxRows(spec.getMaxRows())
                .build();
        return new DataRows(run.input(Roles.DATA).folder(), data, 0, LongRows.LONG_ROWS_REFUSE, 0);
    }

    /**
     * What came out.
     *
     * @param evaluator version of what scored
     * @param baseline null without one
     */
    private record Scored(
            String evaluator,
            Measurement candidate,
            @Nullable Measurement baseline) {}

    private static Scored score(JobRun run, ScoreSpec spec) throws IOException {
        ScoredRows rows = new ScoredRows(run.input(Roles.DATA).folder(), spec, run.stop());
        return switch (spec.getKind()) {
            case SCORING_KIND_TRANSCRIPTION -> texts(rows, TextKind.TRANSCRIPTION);
            case SCORING_KIND_TRANSLATION -> texts(rows, TextKind.TRANSLATION);
            case SCORING_KIND_SUMMARY -> texts(rows, TextKind.SUMMARY);
            case SCORING_KIND_ANSWER -> texts(rows, TextKind.ANSWER);
            case SCORING_KIND_LABEL -> texts(rows, TextKind.LABEL);
            case SCORING_KIND_SEGMENTATION -> masks(rows, !spec.getBaseline().isEmpty());
            case SCORING_KIND_UNSPECIFIED, UNRECOGNIZED ->
                throw new GraftException(ErrorCode.INTERNAL, "The assignment names no kind of predictions");
        };
    }

    private static Scored texts(ScoredRows rows, TextKind kind) throws IOException {
        ScoredRows.Texts texts = rows.texts(kind);
        TextScorer scorer = new TextScorer(kind, texts.references());
        List<String> baseline = texts.baseline();
        return new Scored(
                "score/1 " + scorer.signature(),
                scorer.measure(texts.candidate()),
                baseline == null ? null : scorer.measure(baseline));
    }

    private static Scored masks(ScoredRows rows, boolean isCompared) throws IOException {
        MaskScorer candidate = new MaskScorer(rows.ignored());
        MaskScorer baseline = isCompared ? new MaskScorer(rows.ignored()) : null;
        rows.masks(candidate, baseline);
        return new Scored(
                "score/1 miou ignore_index=" + rows.ignored(),
                candidate.measurement(),
                baseline == null ? null : baseline.measurement());
    }

    private static String dataDigest(JobRun run, ScoreSpec spec) {
        byte[] rows = spec.toBuilder()
                .clearPrediction()
                .clearBaseline()
                .clearGate()
                .build()
                .toByteArray();
        return run.input(Roles.DATA).manifest().getDigest() + " rows "
                + ContentDigest.sha256(rows).substring(0, 16);
    }
}
