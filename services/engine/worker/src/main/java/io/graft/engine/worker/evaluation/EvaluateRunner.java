package io.graft.engine.worker.evaluation;

import io.graft.engine.worker.JobOutput;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.JobRunner;
import io.graft.engine.worker.JobSpec;
import io.graft.engine.worker.ModelFiles;
import io.graft.engine.worker.training.Computation;
import io.graft.engine.worker.training.DataRows;
import io.graft.engine.worker.training.Roles;
import io.graft.platform.artifact.ContentDigest;
import io.graft.v1.AssignmentInput;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.Manifest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Jobs of kind {@code evaluate}: measures a model on rows, beside another one if asked to, and lets a gate decide. The output
 * is a report, for machines and for people, and no version.
 */
public final class EvaluateRunner implements JobRunner {
    /** For ServiceLoader. */
    public EvaluateRunner() {}

    @Override
    public String kind() {
        return "evaluate";
    }

    @Override
    public boolean reads(AssignmentInput input, String path) {
        return input.getRole().equals(Roles.DATA) || !path.equals(ModelFiles.MODEL_CARD);
    }

    @Override
    public long outputBytes(Map<String, Manifest> inputs) {
        return ReportSize.of(inputs.getOrDefault(Roles.DATA, Manifest.getDefaultInstance()));
    }

    @Override
    public JobOutput run(JobRun run) throws IOException {
        EvaluateSpec spec = JobSpec.of(run.assignment(), EvaluateSpec.class);
        return report(run, spec, evaluator(run, spec)).write(run, spec.getGate());
    }

    private static Evaluator evaluator(JobRun run, EvaluateSpec spec) {
        if (spec.hasTask()) {
            return TaskEvaluator.of(run, spec);
        }
        return spec.hasEmbedding()
                ? new EmbeddingEvaluator(run, spec.getEmbedding(), rows(run, spec), spec.getBatchSize())
                : ObjectiveEvaluator.of(run, spec);
    }

    private static DataRows rows(JobRun run, EvaluateSpec spec) {
        return new DataRows(run.input(Roles.DATA).folder(), spec.getData(), spec.getMaxLength(), spec.getLongRows(), 0);
    }

    private static EvaluationReport report(JobRun run, EvaluateSpec spec, Evaluator evaluator) throws IOException {
        Pairing.Measured candidate = measure(run, evaluator, Contender.candidate(run));
        Optional<Contender> baseline = Contender.baseline(run);
        if (baseline.isEmpty()) {
            return EvaluationReport.of(ReportFacts.of(run, evaluator.version()), candidate.measurement());
        }
        Pairing pairing = new Pairing(
                candidate, measure(run, evaluator, baseline.get()), dataDigest(run, spec), evaluator.version());
        return EvaluationReport.of(
                ReportFacts.of(run, evaluator.version()),
                pairing,
                spec.hasGate() ? pairing.decide(spec.getGate(), rows(run, spec)) : null);
    }

    /** One runtime a model, so that two never share the memory. */
    private static Pairing.Measured measure(JobRun run, Evaluator evaluator, Contender contender) throws IOException {
        run.progress().begin("evaluate", 0);
        return new Pairing.Measured(
                contender.name(),
                Computation.with(0, torch -> evaluator.measure(torch, contender, run.stop()::isRequested)));
    }

    private static String dataDigest(JobRun run, EvaluateSpec spec) {
        byte[] rows = spec.getData().toByteArray();
        return run.input(Roles.DATA).manifest().getDigest() + " rows "
                + ContentDigest.sha256(rows).substring(0, 16);
    }
}
