package io.graft.engine.training.task;

import io.graft.engine.data.Example.LabelledTokens;
import io.graft.engine.methods.objective.LabelPrediction;
import io.graft.engine.models.SequenceClassifier;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Labels of texts, or of pairs of texts. */
public final class TextLabels implements TrainingTask {
    private final SequenceClassifier model;
    private final LabelPrediction objective;
    private final List<LabelledTokens> rows;
    private final TokenRows tensors;
    private final Torch torch;
    private final EvaluationBatches<LabelledTokens> held;

    /**
     * A task.
     *
     * @param held rows to measure on; may be empty
     * @param padding id of the padding token
     * @param evaluationBatch rows a forward pass of a measurement
     */
    public TextLabels(
            Torch torch,
            SequenceClassifier model,
            LabelPrediction objective,
            List<LabelledTokens> rows,
            List<LabelledTokens> held,
            int padding,
            int evaluationBatch) {
        this.torch = torch;
        this.model = model;
        this.objective = objective;
        this.rows = List.copyOf(rows);
        this.tensors = new TokenRows(torch, padding);
        this.held = new EvaluationBatches<>(torch, List.copyOf(held), evaluationBatch);
    }

    @Override
    public void training(boolean on) {
        model.training(on);
    }

    @Override
    public long units(int[] batch) {
        return Arrays.stream(batch).mapToLong(row -> rows.get(row).ids().length).sum();
    }

    @Override
    public String unit() {
        return "tokens";
    }

    @Override
    public long targets(int[] batch) {
        return batch.length;
    }

    @Override
    public Tensor loss(int[] batch, long targets) {
        List<LabelledTokens> part = Arrays.stream(batch).mapToObj(rows::get).toList();
        return objective
                .loss(model.logits(tensors.texts(part)), labels(part), targets)
                .loss();
    }

    private Tensor labels(List<LabelledTokens> part) {
        return Tensors.of(torch, part.stream().mapToInt(LabelledTokens::label).toArray(), part.size());
    }

    @Override
    public boolean canEvaluate() {
        return !held.rows().isEmpty();
    }

    @Override
    public Map<String, Double> evaluate(BooleanSupplier stop) {
        LabelTally tally = new LabelTally();
        held.walk(
                row -> row.ids().length,
                stop,
                part -> tally.add(
                        model.logits(tensors.texts(part)),
                        labels(part),
                        part.stream().map(LabelledTokens::label).toList()));
        return tally.metrics();
    }

    @Override
    public List<RowOutcome> outcomes(BooleanSupplier stop) {
        return held.each(
                row -> row.ids().length,
                stop,
                part -> LabelOutcomes.of(
                        model.logits(tensors.texts(part.rows())),
                        part.rows().stream().mapToInt(LabelledTokens::label).toArray(),
                        part.positions()));
    }
}
