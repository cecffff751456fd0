package io.graft.engine.worker.training;

import io.graft.engine.methods.objective.LabelPrediction;
import io.graft.engine.methods.objective.Objective;
import io.graft.engine.methods.objective.ObjectiveMethod;
import io.graft.engine.methods.peft.AdapterMethod;
import io.graft.engine.methods.peft.FineTuning;
import io.graft.engine.methods.peft.MergeReport;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Torch;
import io.graft.engine.training.BatchSource;
import io.graft.engine.training.Training;
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
import io.graft.v1.FinetuneSpec;
import io.graft.v1.Manifest;
import io.graft.v1.OutputForm;
import io.graft.v1.TrainingLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Jobs of kind {@code finetune}: trains an adapter on a model, or the whole of it. */
public final class FinetuneRunner implements JobRunner {
    /** Forward passes for a start that looks at the data. */
    private static final int SAMPLES = 8;

    /** For ServiceLoader. */
    public FinetuneRunner() {}

    @Override
    public String kind() {
        return "finetune";
    }

    @Override
    public boolean reads(AssignmentInput input, String path) {
        return input.getRole().equals(Roles.DATA) || !path.startsWith(ModelFiles.OWN_FOLDER);
    }

    @Override
    public long outputBytes(Map<String, Manifest> inputs) {
        Manifest base = inputs.getOrDefault(Roles.BASE, Manifest.getDefaultInstance());
        return 3
                * base.getFilesList().stream()
                        .filter(file -> ModelFiles.isWeights(file.getPath()))
                        .mapToLong(ArtifactFile::getSize)
                        .sum();
    }

    @Override
    public JobOutput run(JobRun run) throws IOException {
        FinetuneSpec spec = JobSpec.of(run.assignment(), FinetuneSpec.class);
        return Computation.with(spec.getLoop().getSeed(), torch -> finetune(torch, run, spec));
    }

    private static JobOutput finetune(Torch torch, JobRun run, FinetuneSpec spec) throws IOException {
        PulledInput base = run.input(Roles.BASE);
        TrainingLoop loop = spec.getLoop();
        run.progress().begin("prepare", 0);
        TaskChoice choice = choice(run, spec);
        AdaptedModel adapted = AdaptedModel.open(
                torch,
                base.folder(),
                choice.opening(),
                choice.peftTask(),
                base.input().getVersion());
        TaskChoice.Built built = choice.build(torch, adapted.model(), loop.getBatchSize(), false, null);
        Loop trainer = new Loop(torch, run, loop);
        BatchSource batches = trainer.batches(built.rows());
        List<Runnable> samples = new ArrayList<>();
        for (int i = 0; i < Math.min(SAMPLES, batches.batchesPerEpoch()); i++) {
            int[] rows = batches.batch(i);
            samples.add(() -> torch.withoutGradients(() -> {
                try (Scope scope = torch.scope()) {
                    return built.task()
                            .loss(rows, Math.max(1, built.task().targets(rows)))
                            .item();
                }
            }));
        }
        FineTuning tuning = AdapterMethod.choose(
                spec.getAdapter().getName(), MethodParams.of(spec.getAdapter()), adapted.base(), torch.root(), samples);
        Training.Outcome outcome = trainer.train(adapted.model(), built.task(), batches, tuning.groups());
        Map<String, Double> metrics = new LinkedHashMap<>(outcome.metrics());
        metrics.put("steps", (double) outcome.step());
        metrics.put("trained_parameters", (double) tuning.parameters().stream()
                .mapToLong(parameter -> parameter.value().elements())
                .sum());
        OutputFolder output = new OutputFolder(run.output());
        int[] probed = batches.batch(0);
        Supplier<Tensor> probe =
                () -> built.task().loss(probed, Math.max(1, built.task().targets(probed)));
        ArtifactKind kind = store(run, spec, adapted, tuning, probe, output, metrics);
        output.write(
                ModelFiles.MODEL_CARD,
                TrainingCard.of(
                        "Fine-tuned model",
                        kind == ArtifactKind.ARTIFACT_KIND_ADAPTER ? "peft" : "transformers",
                        run.inputs(),
                        spec,
                        metrics));
        return new JobOutput(kind, output.files(), metrics);
    }

    private static TaskChoice choice(JobRun run, FinetuneSpec spec) throws IOException {
        Objective objective =
                ObjectiveMethod.choose(spec.getObjective().getName(), MethodParams.of(spec.getObjective()));
        TrainingLoop loop = spec.getLoop();
        DataRows rows = new DataRows(
                run.input(Roles.DATA).folder(),
                spec.getData(),
                loop.getMaxLength(),
                loop.getLongRows(),
                loop.getSeed());
        List<String> labels = objective instanceof LabelPrediction ? rows.classes() : List.of();
        return new TaskChoice(objective, rows, run.input(Roles.BASE).folder(), labels, false);
    }

    private static ArtifactKind store(
            JobRun run,
            FinetuneSpec spec,
            AdaptedModel adapted,
            FineTuning tuning,
            Supplier<Tensor> probe,
            OutputFolder output,
            Map<String, Double> metrics)
            throws IOException {
        PulledInput base = run.input(Roles.BASE);
        switch (tuning) {
            case FineTuning.Adapted lora
            when spec.getOutput() == OutputForm.OUTPUT_FORM_ADAPTER -> {
                lora.adapter().save(run.output());
                output.add(List.of(
                        run.output().resolve("adapter_config.json"),
                        run.output().resolve("adapter_model.safetensors")));
                output.write(Labels.ADAPTED_CONFIG, adapted.model().config().toPrettyString() + "\n");
                output.copy(base, ModelFiles::isTokenizer);
                return ArtifactKind.ARTIFACT_KIND_ADAPTER;
            }
            case FineTuning.Adapted lora -> {
                MergeReport report = lora.adapter().merge(probe);
                Double difference = report.outputDifference();
                metrics.put("merge_loss_difference", difference == null ? 0 : difference);
            }
            case FineTuning.Whole ignored -> {}
        }
        new WholeWeights(run.output(), output).write(adapted.model(), spec.getWeights(), base);
        return ArtifactKind.ARTIFACT_KIND_FULL;
    }
}
