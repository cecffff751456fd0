package io.graft.engine.worker.evaluation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.worker.JobOutput;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.JobRunner;
import io.graft.engine.worker.JobSpec;
import io.graft.engine.worker.ModelFiles;
import io.graft.engine.worker.OutputFolder;
import io.graft.engine.worker.training.Computation;
import io.graft.engine.worker.training.Roles;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.Manifest;
import java.io.IOException;
import java.util.Map;

/** Jobs of kind {@code evaluate}: measures a model on rows. The output is a report and no version. */
public final class EvaluateRunner implements JobRunner {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long REPORT_BYTES = 1 << 16;

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
        return REPORT_BYTES;
    }

    @Override
    public JobOutput run(JobRun run) throws IOException {
        EvaluateSpec spec = JobSpec.of(run.assignment(), EvaluateSpec.class);
        Measurement measured = measure(run, ObjectiveEvaluator.of(run, spec), Contender.candidate(run));
        OutputFolder output = new OutputFolder(run.output());
        output.write(
                "report.json",
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(Map.of("metrics", measured.metrics())) + "\n");
        return new JobOutput(ArtifactKind.ARTIFACT_KIND_UNSPECIFIED, output.files(), measured.metrics());
    }

    /** One runtime a model, so that two never share the memory. */
    private static Measurement measure(JobRun run, Evaluator evaluator, Contender contender) throws IOException {
        run.progress().begin("evaluate", 0);
        return Computation.with(0, torch -> evaluator.measure(torch, contender, run.stop()::isRequested));
    }
}
