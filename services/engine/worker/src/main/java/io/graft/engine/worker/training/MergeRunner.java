package io.graft.engine.worker.training;

import io.graft.engine.methods.peft.LoraAdapter;
import io.graft.engine.methods.peft.MergeReport;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.tensors.Torch;
import io.graft.engine.worker.JobOutput;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.JobRunner;
import io.graft.engine.worker.JobSpec;
import io.graft.engine.worker.ModelFiles;
import io.graft.engine.worker.OutputFolder;
import io.graft.engine.worker.PulledInput;
import io.graft.v1.ArtifactFile;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.Manifest;
import io.graft.v1.MergeSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Jobs of kind {@code merge}: writes an adapter into the weights of its base. */
public final class MergeRunner implements JobRunner {
    /** For ServiceLoader. */
    public MergeRunner() {}

    @Override
    public String kind() {
        return "merge";
    }

    @Override
    public boolean reads(AssignmentInput input, String path) {
        return !path.equals(ModelFiles.MODEL_CARD);
    }

    @Override
    public long outputBytes(Map<String, Manifest> inputs) {
        return inputs.getOrDefault(Roles.BASE, Manifest.getDefaultInstance()).getFilesList().stream()
                .mapToLong(ArtifactFile::getSize)
                .sum();
    }

    @Override
    public JobOutput run(JobRun run) throws IOException {
        MergeSpec spec = JobSpec.of(run.assignment(), MergeSpec.class);
        return Computation.with(0, torch -> merge(torch, run, spec));
    }

    private static JobOutput merge(Torch torch, JobRun run, MergeSpec spec) throws IOException {
        PulledInput base = run.input(Roles.BASE);
        PulledInput adapter = run.input(Roles.ADAPTER);
        List<String> labels = Labels.of(adapter.folder());
        OpenOptions options = labels.isEmpty() ? OpenOptions.AS_STORED : AdapterTask.of(adapter.folder(), labels);
        AdaptedModel adapted = AdaptedModel.open(
                torch, base.folder(), options, null, base.input().getVersion());
        run.progress().begin("merge", 0);
        LoraAdapter lora = adapted.load(torch, adapter.folder());
        MergeReport report = lora.merge(null);
        double relative = report.modules().values().stream()
                .mapToDouble(MergeReport.Change::relative)
                .max()
                .orElse(0);
        Map<String, Double> metrics =
                Map.of("merged_modules", (double) report.modules().size(), "largest_relative_change", relative);
        OutputFolder output = new OutputFolder(run.output());
        new WholeWeights(run.output(), output).write(adapted.model(), spec.getWeights(), base);
        output.write(
                ModelFiles.MODEL_CARD, TrainingCard.of("Merged adapter", "transformers", run.inputs(), spec, metrics));
        return new JobOutput(ArtifactKind.ARTIFACT_KIND_FULL, output.files(), metrics);
    }
}
