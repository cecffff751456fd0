package io.graft.engine.worker.sensitivity;

import io.graft.engine.data.BatchOrder;
import io.graft.engine.methods.optimizer.Optimizer;
import io.graft.engine.methods.optimizer.OptimizerMethod;
import io.graft.engine.methods.optimizer.ParameterGroup;
import io.graft.engine.methods.schedule.Horizon;
import io.graft.engine.methods.schedule.ScheduleMethod;
import io.graft.engine.models.Model;
import io.graft.engine.tensors.Randomness;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.Parameter;
import io.graft.engine.training.BatchSource;
import io.graft.engine.training.DivergedException;
import io.graft.engine.training.ShuffledBatches;
import io.graft.engine.training.Trained;
import io.graft.engine.training.Training;
import io.graft.engine.training.TrainingListener;
import io.graft.engine.training.TrainingSettings;
import io.graft.engine.training.task.TrainingTask;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.StoppedException;
import io.graft.engine.worker.training.MethodParams;
import io.graft.v1.RateSweep;
import io.graft.v1.SensitivitySpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Short trainings from the same weights, with the same rows in the same order and the same draws, each with another learning
 * rate. The weights are those of before when it is done.
 *
 * @param rows how many there are to train on
 */
record Sweep(Torch torch, JobRun run, SensitivitySpec spec, Model model, TrainingTask task, int rows) {
    /** The rates: equally far apart by their logarithm, the ends included. */
    static double[] rates(RateSweep sweep) {
        double[] rates = new double[sweep.getPoints()];
        double ratio = Math.log(sweep.getMaxRate() / sweep.getMinRate());
        for (int i = 0; i < rates.length; i++) {
            rates[i] = sweep.getMinRate() * Math.exp(ratio * i / (rates.length - 1));
        }
        rates[rates.length - 1] = sweep.getMaxRate();
        return rates;
    }

    /**
     * Trains with each rate.
     *
     * @param measured the loss of the weights as they are
     * @throws StoppedException when asked to leave, between two steps
     */
    List<SweptRate> run(ToDoubleFunction<TrainingTask> measured) throws IOException {
        RateSweep sweep = spec.getSweep();
        Weights kept = new Weights(Stream.concat(model.trainableParameters().stream(), buffers().stream())
                .toList());
        List<Tensor> start = kept.copies();
        Randomness.State draws = torch.random().state();
        run.stop().poll();
        run.progress().begin("sweep", (long) sweep.getPoints() * sweep.getSteps());
        List<SweptRate> swept = new ArrayList<>();
        for (double rate : rates(sweep)) {
            kept.restore(start);
            torch.random().restore(draws);
            swept.add(new SweptRate(rate, trained(rate) ? measured.applyAsDouble(task) : Double.NaN));
            run.progress().at((long) swept.size() * sweep.getSteps(), (long) sweep.getPoints() * sweep.getSteps());
        }
        kept.restore(start);
        return swept;
    }

    private List<Parameter> buffers() {
        return model.modules()
                .map(Module::ownBuffers)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** Whether it came to its end. */
    private boolean trained(double rate) throws IOException {
        RateSweep sweep = spec.getSweep();
        try (Scope scope = torch.scope()) {
            Optimizer optimizer = OptimizerMethod.choose(
                    sweep.getOptimizer().getName(),
                    with(MethodParams.of(sweep.getOptimizer()), rate),
                    ParameterGroup.of(model.trainableParameters()),
                    scope);
            BatchSource batches = new ShuffledBatches(new BatchOrder(rows, spec.getBatchSize(), spec.getSeed()));
            Horizon horizon = new Horizon(
                    optimizer.peakRate(), (long) sweep.getSteps(), Math.max(1, task.units(batches.batch(0))), (long)
                            spec.getBatchSize());
            Trained trained =
                    new Trained(optimizer, ScheduleMethod.choose("constant", Map.of(), horizon), buffers(), null);
            Path scratch = run.output().resolveSibling("sweep");
            Training training = new Training(
                    torch,
                    task,
                    batches,
                    trained,
                    new TrainingSettings(sweep.getSteps(), 1, sweep.getMaxGradNorm(), 0, 0, sweep.getSteps()),
                    new Listener(run),
                    scratch);
            if (training.run().end() == Training.End.INTERRUPTED) {
                throw new StoppedException();
            }
            return true;
        } catch (DivergedException tooHigh) {
            run.progress().measured(Map.of("diverged_learning_rate", rate));
            return false;
        } finally {
            task.training(false);
        }
    }

    private static Map<String, @Nullable Object> with(Map<String, @Nullable Object> params, double rate) {
        Map<String, @Nullable Object> all = new HashMap<>(params);
        all.put("lr", rate);
        return all;
    }

    /** Nothing of a training stays: what it leaves behind goes with the job's folder. */
    private record Listener(JobRun run) implements TrainingListener {
        @Override
        public void progress(long step, Map<String, Double> metrics) {
            run.progress().measured(metrics);
        }

        @Override
        public void evaluated(long step, Map<String, Double> metrics) {
            run.progress().measured(metrics);
        }

        @Override
        public void checkpoint(long step, Path folder) {}

        @Override
        public boolean stopRequested() {
            return run.stop().isRequested();
        }
    }
}
