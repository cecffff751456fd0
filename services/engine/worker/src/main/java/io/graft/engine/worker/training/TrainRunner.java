package io.graft.engine.worker.training;

import io.graft.engine.methods.objective.LabelPrediction;
import io.graft.engine.methods.objective.Objective;
import io.graft.engine.methods.objective.ObjectiveMethod;
import io.graft.engine.models.Model;
import io.graft.engine.models.ModelFamilies;
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
import io.graft.v1.Manifest;
import io.graft.v1.TrainSpec;
import io.graft.v1.TrainingData;
import io.graft.v1.TrainingLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs of kind {@code train}: trains a new model, or goes on with one. */
public final class TrainRunner implements JobRunner {
    private static final double REPLAY_SHARE = 0.05;
    private static final long NEW_MODEL_BYTES = 1L << 30;

    /** For ServiceLoader. */
    public TrainRunner() {}

    @Override
    public String kind() {
        return "train";
    }

    @Override
    public boolean reads(AssignmentInput input, String path) {
        return switch (input.getRole()) {
            case Roles.TOKENIZER -> ModelFiles.isTokenizer(path) || path.equals("preprocessor_config.json");
            case Roles.BASE -> !path.startsWith(ModelFiles.OWN_FOLDER);
            default -> true;
        };
    }

    @Override
    public long outputBytes(Map<String, Manifest> inputs) {
        Manifest base = inputs.get(Roles.BASE);
        return base == null
                ? NEW_MODEL_BYTES
                : 4
                        * base.getFilesList().stream()
                                .mapToLong(ArtifactFile::getSize)
                                .sum();
    }

    @Override
    public JobOutput run(JobRun run) throws IOException {
        TrainSpec spec = JobSpec.of(run.assignment(), TrainSpec.class);
        return Computation.with(spec.getLoop().getSeed(), torch -> train(torch, run, spec));
    }

    private static JobOutput train(Torch torch, JobRun run, TrainSpec spec) throws IOException {
        run.progress().begin("prepare", 0);
        TrainingLoop loop = spec.getLoop();
        Objective objective =
                ObjectiveMethod.choose(spec.getObjective().getName(), MethodParams.of(spec.getObjective()));
        DataRows data = rows(run, Roles.DATA, spec.getData(), loop);
        Path tokens = NewTokenizerFiles.of(run, spec, data);
        @Nullable
        DataRows replay =
                spec.hasReplay() ? rows(run, Roles.REPLAY, spec.getReplay().getData(), loop) : null;
        List<String> labels = objective instanceof LabelPrediction ? data.classes() : List.of();
        TaskChoice choice = new TaskChoice(objective, data, tokens, labels, spec.getPacking());
        Optional<PulledInput> base = run.find(Roles.BASE);
        NewModel started = base.isPresent()
                ? NewModel.of(ModelFamilies.load()
                        .open(torch.root(), base.get().folder(), choice.opening())
                        .model())
                : NewModel.create(torch, spec, labels);
        Model model = started.model();
        model.setTrainable(true);
        TaskChoice.Built built = choice.build(torch, model, loop.getBatchSize(), false, replay);
        Loop trainer = new Loop(torch, run, loop);
        Training.Outcome outcome =
                trainer.train(model, built.task(), batches(trainer, spec, built), started.groups(loop));
        started.finish();
        Map<String, Double> metrics = new LinkedHashMap<>(outcome.metrics());
        metrics.put("steps", (double) outcome.step());
        OutputFolder output = new OutputFolder(run.output());
        new WholeWeights(run.output(), output).write(model, spec.getWeights(), base.orElse(null));
        if (base.isEmpty()) {
            NewTokenizerFiles.copy(tokens, run.output(), output);
        }
        output.write(
                ModelFiles.MODEL_CARD, TrainingCard.of("Trained model", "transformers", run.inputs(), spec, metrics));
        return new JobOutput(ArtifactKind.ARTIFACT_KIND_FULL, output.files(), metrics);
    }

    private static DataRows rows(JobRun run, String role, TrainingData data, TrainingLoop loop) {
        return new DataRows(run.input(role).folder(), data, loop.getMaxLength(), loop.getLongRows(), loop.getSeed());
    }

    private static BatchSource batches(Loop trainer, TrainSpec spec, TaskChoice.Built built) {
        if (!spec.hasReplay()) {
            return trainer.batches(built.rows());
        }
        double share = spec.getReplay().hasShare() ? spec.getReplay().getShare() : REPLAY_SHARE;
        return trainer.batches(built.rows(), built.replayed(), share);
    }
}
