package io.graft.engine.worker.training;

import io.graft.engine.data.BatchOrder;
import io.graft.engine.methods.optimizer.Optimizer;
import io.graft.engine.methods.optimizer.OptimizerMethod;
import io.graft.engine.methods.optimizer.ParameterGroup;
import io.graft.engine.methods.schedule.Horizon;
import io.graft.engine.methods.schedule.ScheduleMethod;
import io.graft.engine.methods.stopping.StoppingMethod;
import io.graft.engine.methods.stopping.StoppingRule;
import io.graft.engine.models.Model;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.training.BatchSource;
import io.graft.engine.training.ReplayBatches;
import io.graft.engine.training.ShuffledBatches;
import io.graft.engine.training.Trained;
import io.graft.engine.training.Training;
import io.graft.engine.training.TrainingListener;
import io.graft.engine.training.TrainingSettings;
import io.graft.engine.training.task.TrainingTask;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.StoppedException;
import io.graft.v1.TrainingLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Runs the loop that a specification describes, and takes its checkpoints to the artifact store. */
record Loop(Torch torch, JobRun run, TrainingLoop spec) {
    private static final long CHECKPOINT_STEPS = 500;
    private static final long LOG_STEPS = 10;

    /** The order of rows that are all new. */
    BatchSource batches(int rows) {
        return new ShuffledBatches(new BatchOrder(rows, spec.getBatchSize(), spec.getSeed()));
    }

    /** The order of rows some of which are old. */
    BatchSource batches(int freshRows, int oldRows, double share) {
        return new ReplayBatches(freshRows, oldRows, spec.getBatchSize(), share, spec.getSeed());
    }

    /**
     * Trains to the end.
     *
     * @throws StoppedException when asked to leave, after a checkpoint
     */
    Training.Outcome train(Model model, TrainingTask task, BatchSource batches, List<ParameterGroup> groups)
            throws IOException {
        long steps = steps(batches);
        run.stop().poll();
        run.progress().begin("train", steps);
        Training training = training(model, task, batches, groups, new LoopReports(run, steps), checkpointSteps());
        if (run.checkpoints().resumeFrom().isPresent()) {
            training.resume(run.checkpoints().resumeFrom().get());
            run.progress().resumeAt(training.step());
        }
        return ended(training.run());
    }

    /**
     * Trains to the end for what it shows only: nothing is resumed or kept.
     *
     * @throws StoppedException when asked to leave
     */
    Training.Outcome tried(Model model, TrainingTask task, BatchSource batches, List<ParameterGroup> groups)
            throws IOException {
        return ended(
                training(model, task, batches, groups, new TrialReports(run), 0).run());
    }

    private static Training.Outcome ended(Training.Outcome outcome) {
        if (outcome.end() == Training.End.INTERRUPTED) {
            throw new StoppedException();
        }
        return outcome;
    }

    private Training training(
            Model model,
            TrainingTask task,
            BatchSource batches,
            List<ParameterGroup> groups,
            TrainingListener listener,
            long checkpointSteps) {
        Optimizer optimizer = OptimizerMethod.choose(
                spec.getOptimizer().getName(), MethodParams.of(spec.getOptimizer()), groups, torch.root());
        long steps = steps(batches);
        long sequences = (long) spec.getBatchSize() * spec.getGradientAccumulation();
        Horizon horizon = new Horizon(optimizer.peakRate(), steps, unitsPerStep(task, batches), sequences);
        StoppingRule rule = spec.hasStopping()
                ? StoppingMethod.choose(spec.getStopping().getName(), MethodParams.of(spec.getStopping()))
                : null;
        Trained trained = new Trained(
                optimizer,
                ScheduleMethod.choose(spec.getSchedule().getName(), MethodParams.of(spec.getSchedule()), horizon),
                model.modules()
                        .map(Module::ownBuffers)
                        .flatMap(List::stream)
                        .distinct()
                        .toList(),
                rule);
        Path scratch = run.output().resolveSibling("checkpoints");
        return new Training(torch, task, batches, trained, settings(steps, checkpointSteps), listener, scratch);
    }

    private long checkpointSteps() {
        return spec.getCheckpointEverySteps() == 0 ? CHECKPOINT_STEPS : spec.getCheckpointEverySteps();
    }

    private TrainingSettings settings(long steps, long checkpointSteps) {
        return new TrainingSettings(
                steps,
                spec.getGradientAccumulation(),
                spec.hasMaxGradNorm() ? spec.getMaxGradNorm() : 1,
                spec.getEvalEverySteps(),
                checkpointSteps,
                spec.getLogEverySteps() == 0 ? LOG_STEPS : spec.getLogEverySteps());
    }

    private long steps(BatchSource batches) {
        return switch (spec.getLengthCase()) {
            case MAX_STEPS -> spec.getMaxSteps();
            case EPOCHS ->
                Math.max(1, (long)
                        Math.ceil(spec.getEpochs() * batches.batchesPerEpoch() / spec.getGradientAccumulation()));
            case LENGTH_NOT_SET -> throw new IllegalArgumentException("The loop says neither epochs nor max_steps");
        };
    }

    /** Mean over the first epoch, which is what a schedule in tokens plans with. */
    private long unitsPerStep(TrainingTask task, BatchSource batches) {
        int sample = (int) Math.min(batches.batchesPerEpoch(), 1_000);
        double units = IntStream.range(0, sample)
                .mapToLong(index -> task.units(batches.batch(index)))
                .average()
                .orElse(1);
        return Math.max(1, Math.round(units * spec.getGradientAccumulation()));
    }
}
