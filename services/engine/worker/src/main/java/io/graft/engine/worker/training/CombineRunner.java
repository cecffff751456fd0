package io.graft.engine.worker.training;

import io.graft.engine.methods.peft.AdapterCombination;
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
import io.graft.v1.CombineSpec;
import io.graft.v1.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Jobs of kind {@code combine}: makes one adapter of several. Their base is named for the lineage and never read. */
public final class CombineRunner implements JobRunner {
    /** For ServiceLoader. */
    public CombineRunner() {}

    @Override
    public String kind() {
        return "combine";
    }

    @Override
    public boolean reads(AssignmentInput input, String path) {
        return !input.getRole().equals(Roles.BASE) && !path.equals(ModelFiles.MODEL_CARD);
    }

    @Override
    public long outputBytes(Map<String, Manifest> inputs) {
        return inputs.entrySet().stream()
                .filter(input -> !input.getKey().equals(Roles.BASE))
                .flatMap(input -> input.getValue().getFilesList().stream())
                .mapToLong(ArtifactFile::getSize)
                .sum();
    }

    @Override
    public JobOutput run(JobRun run) throws IOException {
        CombineSpec spec = JobSpec.of(run.assignment(), CombineSpec.class);
        return Computation.with(0, torch -> combine(torch, run, spec));
    }

    private static JobOutput combine(Torch torch, JobRun run, CombineSpec spec) throws IOException {
        run.progress().begin("combine", 0);
        List<AdapterCombination.Weighted> adapters = new ArrayList<>();
        for (int i = 0; i < spec.getAdaptersCount(); i++) {
            adapters.add(new AdapterCombination.Weighted(
                    adapter(run, i).folder(), spec.getAdapters(i).getWeight()));
        }
        new AdapterCombination(torch)
                .combine(adapters, spec.getMethod().getName(), MethodParams.of(spec.getMethod()), run.output());
        OutputFolder output = new OutputFolder(run.output());
        output.add(List.of(
                run.output().resolve("adapter_config.json"), run.output().resolve("adapter_model.safetensors")));
        output.copy(adapter(run, 0), path -> ModelFiles.isTokenizer(path) || path.equals(Labels.ADAPTED_CONFIG));
        Map<String, Double> metrics = Map.of("combined_adapters", (double) adapters.size());
        output.write(ModelFiles.MODEL_CARD, TrainingCard.of("Combined adapter", "peft", run.inputs(), spec, metrics));
        return new JobOutput(ArtifactKind.ARTIFACT_KIND_ADAPTER, output.files(), metrics);
    }

    private static PulledInput adapter(JobRun run, int index) {
        return run.input(Roles.ADAPTER + "_" + (index + 1));
    }
}
