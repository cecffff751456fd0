package io.graft.engine.worker.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.methods.objective.LabelPrediction;
import io.graft.engine.methods.objective.Objective;
import io.graft.engine.methods.objective.ObjectiveMethod;
import io.graft.engine.models.Model;
import io.graft.engine.tensors.Torch;
import io.graft.engine.training.task.TrainingTask;
import io.graft.engine.worker.JobOutput;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.JobRunner;
import io.graft.engine.worker.JobSpec;
import io.graft.engine.worker.ModelFiles;
import io.graft.engine.worker.OutputFolder;
import io.graft.engine.worker.PulledInput;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
        return Computation.with(0, torch -> evaluate(torch, run, spec));
    }

    private static JobOutput evaluate(Torch torch, JobRun run, EvaluateSpec spec) throws IOException {
        PulledInput version = run.input(Roles.VERSION);
        Optional<PulledInput> base = run.find(Roles.BASE);
        Optional<PulledInput> head = run.find(Roles.HEAD);
        Path weights = base.orElse(version).folder();
        Objective objective =
                ObjectiveMethod.choose(spec.getObjective().getName(), MethodParams.of(spec.getObjective()));
        DataRows rows = new DataRows(
                run.input(Roles.DATA).folder(), spec.getData(), spec.getMaxLength(), spec.getLongRows(), 0);
        List<String> labels = objective instanceof LabelPrediction
                ? labels(head.orElse(version).folder(), rows)
                : List.of();
        TaskChoice choice = new TaskChoice(objective, rows, weights, labels, false);
        AdaptedModel adapted = AdaptedModel.open(torch, weights, choice.opening(), choice.peftTask(), null);
        if (base.isPresent()) {
            adapted.load(torch, version.folder());
        }
        if (head.isPresent()) {
            TaskHead.copy(torch, head.get().folder(), adapted.model(), choice.opening());
        }
        Map<String, Double> metrics = new TreeMap<>(measure(torch, run, choice, adapted.model(), spec.getBatchSize()));
        OutputFolder output = new OutputFolder(run.output());
        output.write(
                "report.json",
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(Map.of("metrics", metrics)) + "\n");
        return new JobOutput(ArtifactKind.ARTIFACT_KIND_UNSPECIFIED, output.files(), metrics);
    }

    private static Map<String, Double> measure(Torch torch, JobRun run, TaskChoice choice, Model model, int batchSize)
            throws IOException {
        TrainingTask task = choice.build(torch, model, batchSize, true, null).task();
        run.progress().begin("evaluate", 0);
        task.training(false);
        return task.evaluate(run.stop()::isRequested);
    }

    /** The order of the model's scores decides; rows that know other labels are refused by their reader. */
    private static List<String> labels(Path model, DataRows rows) throws IOException {
        List<String> own = Labels.of(model);
        return own.isEmpty() ? rows.classes() : own;
    }
}
