package io.graft.engine.training;

import io.graft.engine.methods.optimizer.Optimizer;
import io.graft.engine.methods.schedule.FeedbackSchedule;
import io.graft.engine.methods.schedule.Position;
import io.graft.engine.methods.stopping.StoppingRule;
import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Randomness;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Torch;
import io.graft.engine.training.task.EvaluationStoppedException;
import io.graft.engine.training.task.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One run. Made on the tensor runtime's thread and used there only. The same seed, rows and number of threads give the same
 * bits, also when the run is left at a checkpoint and taken up again.
 */
public final class Training {
    private static final String EVALUATION = "eval_";

    private final Torch torch;
    private final TrainingTask task;
    private final BatchSource batches;
    private final Trained trained;
    private final TrainingSettings settings;
    private final TrainingListener listener;
    private final Path scratch;
    private long step;
    private long units;
    private long checkpointed = -1;
    private StepSums sums = new StepSums(0, 0);
    private Map<String, Double> bestMetrics = Map.of();
    private Map<String, Tensor> bestWeights = Map.of();
    private Map<String, Double> lastEvaluation = Map.of();
    private boolean stopped;
    private boolean evaluationDue;

    /**
     * A run at its beginning.
     *
     * @param scratch a folder for checkpoints before they are taken away
     */
    public Training(
            Torch torch,
            TrainingTask task,
            BatchSource batches,
            Trained trained,
            TrainingSettings settings,
            TrainingListener listener,
            Path scratch) {
        this.torch = torch;
        this.task = task;
        this.batches = batches;
        this.trained = trained;
        this.settings = settings;
        this.listener = listener;
        this.scratch = scratch;
    }

    /** How a run ended. */
    public enum End {
        /** All steps are done. */
        COMPLETE,
        /** The stopping rule said that it is enough. */
        STOPPED_EARLY,
        /** The listener asked to leave; the last checkpoint holds everything. */
        INTERRUPTED
    }

    /**
     * What came out.
     *
     * @param step steps done
     * @param metrics of the last evaluation, or of the best one when its weights were kept; names begin with {@code eval_}
     */
    public record Outcome(End end, long step, Map<String, Double> metrics) {}

    /** Goes on from a checkpoint, which must be of the same run. */
    public void resume(Path folder) throws IOException {
        CheckpointFolder from = new CheckpointFolder(torch, folder);
        TrainingState state = from.state();
        from.restore(trained);
        bestWeights = from.best(torch.root());
        step = state.step();
        units = state.units();
        checkpointed = step;
        sums = new StepSums(state.unreportedLoss(), state.unreportedSteps());
        bestMetrics = state.best();
        evaluationDue = state.evaluationDue();
        torch.random().restore(new Randomness.State(state.randomSeed(), state.randomPosition()));
        if (trained.schedule() instanceof FeedbackSchedule schedule) {
            schedule.restore(state.schedule());
        }
        StoppingRule rule = trained.stopping();
        if (rule != null) {
            rule.restore(state.stopping());
        }
    }

    /** Steps done so far. */
    public long step() {
        return step;
    }

    /**
     * Trains to the end, or until the listener asks to leave.
     *
     * @throws DivergedException when a number that must stay finite does not
     */
    public Outcome run() throws IOException {
        task.training(true);
        while ((step < settings.steps() || evaluationDue) && !stopped) {
            if (listener.stopRequested()) {
                return interrupted();
            }
            if (!evaluationDue) {
                advance();
            }
            boolean last = step == settings.steps();
            boolean due = settings.evalEvery() > 0 && step % settings.evalEvery() == 0;
            evaluationDue = (due || last) && task.canEvaluate();
            if (evaluationDue && !evaluate()) {
                return interrupted();
            }
            if (!last && !stopped && settings.checkpointEvery() > 0 && step % settings.checkpointEvery() == 0) {
                checkpoint();
            }
        }
        task.training(false);
        if (!bestWeights.isEmpty()) {
            CheckpointFolder.copy(bestWeights, CheckpointFolder.values(trained.kept()));
        }
        return new Outcome(
                step < settings.steps() ? End.STOPPED_EARLY : End.COMPLETE,
                step,
                bestMetrics.isEmpty() ? lastEvaluation : bestMetrics);
    }

    private Outcome interrupted() throws IOException {
        if (step > 0 && step != checkpointed) {
            checkpoint();
        }
        return new Outcome(End.INTERRUPTED, step, lastEvaluation);
    }

    private void advance() throws IOException {
        Optimizer optimizer = trained.optimizer();
        double rate = trained.schedule().rate(new Position(step, units));
        int[][] rows = new int[settings.accumulation()][];
        long targets = 0;
        long stepUnits = 0;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = batches.batch(step * rows.length + i);
            targets += task.targets(rows[i]);
            stepUnits += task.units(rows[i]);
        }
        double norm = 0;
        double loss = 0;
        if (targets > 0) {
            try (Scope scope = torch.scope()) {
                Gradients gradients = null;
                for (int[] part : rows) {
                    try (Scope inner = torch.scope()) {
                        Tensor partLoss = task.loss(part, targets);
                        Gradients own = Gradients.of(partLoss, optimizer.tensors());
                        loss += partLoss.item();
                        if (gradients == null) {
                            gradients = own.keepIn(scope);
                        } else {
                            gradients.accumulate(own);
                        }
                    }
                }
                requireFinite("loss", loss);
                if (gradients != null) {
                    norm = settings.maxGradNorm() > 0 ? gradients.clip(settings.maxGradNorm()) : gradients.globalNorm();
                    requireFinite("grad_norm", norm);
                    optimizer.step(rate, gradients);
                }
            }
        }
        step++;
        units += stepUnits;
        sums.add(loss, stepUnits);
        if (step % settings.logEvery() == 0 || step == settings.steps()) {
            report(rate, norm);
        }
    }

    private void requireFinite(String statistic, double value) {
        if (!Double.isFinite(value)) {
            throw new DivergedException(step + 1, statistic, value);
        }
    }

    private void report(double rate, double norm) throws IOException {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", sums.meanLoss());
        metrics.put("learning_rate", rate);
        metrics.put("grad_norm", norm);
        metrics.put("epoch", step * (double) settings.accumulation() / batches.batchesPerEpoch());
        metrics.put(task.unit() + "_per_second", sums.unitsPerSecond());
        ProcessMemory.resident().ifPresent(bytes -> metrics.put("memory_bytes", (double) bytes));
        listener.progress(step, metrics);
        sums.reset();
    }

    /** False when it was left. */
    private boolean evaluate() {
        task.training(false);
        Map<String, Double> metrics = new LinkedHashMap<>();
        try {
            task.evaluate(listener::stopRequested).forEach((name, value) -> metrics.put(EVALUATION + name, value));
        } catch (EvaluationStoppedException left) {
            return false;
        } finally {
            task.training(true);
        }
        evaluationDue = false;
        lastEvaluation = metrics;
        requireFinite(EVALUATION + "loss", metrics.getOrDefault(EVALUATION + "loss", 0.0));
        listener.evaluated(step, metrics);
        if (trained.schedule() instanceof FeedbackSchedule schedule) {
            schedule.observe(metrics.getOrDefault(EVALUATION + "loss", 0.0));
        }
        watch(metrics);
        return true;
    }

    private void watch(Map<String, Double> metrics) {
        StoppingRule rule = trained.stopping();
        if (rule == null) {
            return;
        }
        Double watched = metrics.get(rule.metric());
        if (watched == null) {
            throw new IllegalArgumentException(
                    "The stopping rule watches " + rule.metric() + "; the evaluation gives " + metrics.keySet());
        }
        StoppingRule.Verdict verdict = rule.observe(watched);
        if (verdict.best()) {
            keepBest(metrics);
        }
        stopped = verdict.stop();
    }

    private void keepBest(Map<String, Double> metrics) {
        bestMetrics = metrics;
        Map<String, Tensor> current = CheckpointFolder.values(trained.kept());
        if (bestWeights.isEmpty()) {
            Map<String, Tensor> copies = new LinkedHashMap<>();
            current.forEach((name, tensor) -> copies.put(name, torch.root().keep(tensor.copy())));
            bestWeights = copies;
        } else {
            CheckpointFolder.copy(current, bestWeights);
        }
    }

    private void checkpoint() throws IOException {
        Path folder = scratch.resolve("step-" + step);
        Randomness.State random = torch.random().state();
        TrainingState state = new TrainingState(
                step,
                units,
                random.seed(),
                random.position(),
                trained.schedule() instanceof FeedbackSchedule schedule ? schedule.state() : Map.of(),
                trained.stopping() == null ? Map.of() : trained.stopping().state(),
                bestMetrics,
                sums.loss(),
                sums.steps(),
                evaluationDue);
        try (Scope scope = torch.scope()) {
            new CheckpointFolder(torch, folder).write(state, trained, bestWeights);
        }
        listener.checkpoint(step, folder);
        checkpointed = step;
    }
}
