package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.gate.Gate;
import io.graft.engine.metrics.gate.GateQuestion;
import io.graft.engine.metrics.gate.GateVerdict;
import io.graft.engine.worker.JobOutput;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.JobRunner;
import io.graft.engine.worker.JobSpec;
import io.graft.engine.worker.ModelFiles;
import io.graft.engine.worker.OutputFolder;
import io.graft.engine.worker.training.Computation;
import io.graft.engine.worker.training.DataRows;
import io.graft.engine.worker.training.Roles;
import io.graft.platform.artifact.ContentDigest;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        EvaluationReport report = report(run, spec, ObjectiveEvaluator.of(run, spec));
        Path json = run.output().resolve("report.json");
        new JsonReport(report).write(json);
        OutputFolder output = new OutputFolder(run.output());
        output.add(List.of(json));
        output.write("report.html", new PageReport(report).html());
        GateVerdict verdict = report.verdict();
        return new JobOutput(
                ArtifactKind.ARTIFACT_KIND_UNSPECIFIED,
                output.files(),
                report.metrics(),
                verdict == null ? null : GateMessages.verdict(verdict, spec.getGate()));
    }

    private static EvaluationReport report(JobRun run, EvaluateSpec spec, Evaluator evaluator) throws IOException {
        Pairing.Measured candidate = measure(run, evaluator, Contender.candidate(run));
        Optional<Contender> baseline = Contender.baseline(run);
        if (baseline.isEmpty()) {
            Measurement measured = candidate.measurement();
            return new EvaluationReport(ReportFacts.of(run, evaluator), measured.metrics(), measured, null, null);
        }
        Pairing pairing = new Pairing(
                candidate, measure(run, evaluator, baseline.get()), dataDigest(run, spec), evaluator.version());
        return new EvaluationReport(
                ReportFacts.of(run, evaluator),
                pairing.metrics(),
                candidate.measurement(),
                pairing,
                verdict(run, spec, pairing));
    }

    private static @Nullable GateVerdict verdict(JobRun run, EvaluateSpec spec, Pairing pairing) throws IOException {
        if (!spec.hasGate()) {
            return null;
        }
        DataRows rows = new DataRows(
                run.input(Roles.DATA).folder(), spec.getData(), spec.getMaxLength(), spec.getLongRows(), 0);
        GateQuestion question = new GateQuestion(
                pairing.runs(spec.getGate().getMetric()),
                RowSubsets.of(
                        rows,
                        spec.getGate().getSubsetsList(),
                        pairing.candidate().measurement().rows()),
                List.of());
        return Gate.DEFAULT.decide(GateMessages.rule(spec.getGate()), question);
    }

    /** One runtime a model, so that two never share the memory. */
    private static Pairing.Measured measure(JobRun run, Evaluator evaluator, Contender contender) throws IOException {
        run.progress().begin("evaluate", 0);
        return new Pairing.Measured(
                contender, Computation.with(0, torch -> evaluator.measure(torch, contender, run.stop()::isRequested)));
    }

    private static String dataDigest(JobRun run, EvaluateSpec spec) {
        byte[] rows = spec.getData().toByteArray();
        return run.input(Roles.DATA).manifest().getDigest() + " rows "
                + ContentDigest.sha256(rows).substring(0, 16);
    }
}
