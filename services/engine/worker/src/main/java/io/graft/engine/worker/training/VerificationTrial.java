package io.graft.engine.worker.training;

import io.graft.engine.methods.objective.ObjectiveMethod;
import io.graft.engine.methods.optimizer.ParameterGroup;
import io.graft.engine.models.Model;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.pruning.KeptSamples;
import io.graft.engine.tensors.Torch;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.ModelFiles;
import io.graft.v1.PruneSpec;
import io.graft.v1.TrainingData;
import io.graft.v1.TrainingLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Trains a network from random weights on some rows of the source and measures what it knows of the target.
 *
 * @param classes of the source, in the order of the rows' labels
 */
record VerificationTrial(JobRun run, PruneSpec spec, List<String> classes) {
    VerificationTrial {
        classes = List.copyOf(classes);
    }

    /**
     * What came of a training.
     *
     * @param accuracy share of the target's rows kept back that a linear probe on the network's features has right
     */
    record Result(long steps, double accuracy) {}

    /** The target's rows that are learnt from and measured on. */
    DataRows target() {
        return rows(Roles.TARGET, spec.getVerify().getTarget());
    }

    /**
     * Trains on some rows, in so many steps that each is seen as often as in a training on all, and measures.
     *
     * @throws io.graft.engine.worker.StoppedException when asked to leave
     */
    Result run(Torch torch, KeptSamples learnt, long seed) throws IOException {
        TrainingLoop loop = loop(learnt, seed);
        Path network = run.find(Roles.NETWORK)
                .orElseGet(() -> run.input(Roles.SURROGATE))
                .folder();
        DataRows source = rows(Roles.SOURCE, spec.getSource()).only(learnt);
        TaskChoice choice =
                new TaskChoice(ObjectiveMethod.choose("classification", Map.of()), source, network, classes, false);
        Model model = ModelFamilies.load()
                .create(
                        torch.root(),
                        ModelFamilies.parse(ModelFiles.CONFIG, Files.readString(network.resolve(ModelFiles.CONFIG))),
                        choice.opening());
        model.setTrainable(true);
        TaskChoice.Built built = choice.build(torch, model, loop.getBatchSize(), false, null);
        Loop trainer = new Loop(torch, run, loop);
        long steps = trainer.tried(
                        model,
                        built.task(),
                        trainer.batches(built.rows()),
                        ParameterGroup.of(model.trainableParameters()))
                .step();
        return new Result(
                steps, new TargetProbe(target(), network, spec.getBatchSize()).accuracy(torch, model, classes));
    }

    private TrainingLoop loop(KeptSamples learnt, long seed) {
        TrainingLoop.Builder loop = spec.getVerify().getLoop().toBuilder()
                .setSeed(seed)
                .setMaxLength(spec.getMaxLength())
                .setLongRows(spec.getLongRows());
        if (loop.hasMaxSteps()) {
            loop.setMaxSteps(Math.max(1, Math.round(loop.getMaxSteps() / learnt.expectedSpeedUp())));
        }
        return loop.build();
    }

    private DataRows rows(String role, TrainingData data) {
        return new DataRows(run.input(role).folder(), data, spec.getMaxLength(), spec.getLongRows(), spec.getSeed());
    }
}
