package io.graft.engine.worker.evaluation;

import io.graft.engine.methods.objective.LabelPrediction;
import io.graft.engine.methods.objective.Objective;
import io.graft.engine.methods.objective.ObjectiveMethod;
import io.graft.engine.tensors.Torch;
import io.graft.engine.training.task.TrainingTask;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.training.AdaptedModel;
import io.graft.engine.worker.training.DataRows;
import io.graft.engine.worker.training.Labels;
import io.graft.engine.worker.training.MethodParams;
import io.graft.engine.worker.training.Roles;
import io.graft.engine.worker.training.TaskChoice;
import io.graft.engine.worker.training.TaskHead;
import io.graft.v1.EvaluateSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Measures what a model is trained for: its objective, on rows. */
record ObjectiveEvaluator(Objective objective, DataRows rows, int batchSize) implements Evaluator {
    static ObjectiveEvaluator of(JobRun run, EvaluateSpec spec) {
        return new ObjectiveEvaluator(
                ObjectiveMethod.choose(spec.getObjective().getName(), MethodParams.of(spec.getObjective())),
                new DataRows(
                        run.input(Roles.DATA).folder(), spec.getData(), spec.getMaxLength(), spec.getLongRows(), 0),
                spec.getBatchSize());
    }

    @Override
    public String version() {
        return "objective/1 " + objective + " max_length=" + rows.maxLength() + " long_rows=" + rows.longRows()
                + " batch_size=" + batchSize;
    }

    @Override
    public Measurement measure(Torch torch, Contender contender, BooleanSupplier stop) throws IOException {
        List<String> labels = objective instanceof LabelPrediction ? labels(contender) : List.of();
        TaskChoice choice = new TaskChoice(objective, rows, contender.weights(), labels, false);
        AdaptedModel adapted = AdaptedModel.open(torch, contender.weights(), choice.opening(), choice.peftTask(), null);
        if (contender.adapter().isPresent()) {
            adapted.load(torch, contender.adapter().get());
        }
        if (contender.head().isPresent()) {
            TaskHead.copy(torch, contender.head().get(), adapted.model(), choice.opening());
        }
        TrainingTask task =
                choice.build(torch, adapted.model(), batchSize, true, null).task();
        task.training(false);
        return new RowOutcomes(contender.name(), task.outcomes(stop), labels).measurement();
    }

    /** The order of the model's scores decides; rows that know other labels are refused by their reader. */
    private List<String> labels(Contender contender) throws IOException {
        Path trained = contender.head().or(contender::adapter).orElse(contender.weights());
        List<String> own = Labels.of(trained);
        return own.isEmpty() ? rows.classes() : own;
    }
}
