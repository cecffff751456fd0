package io.graft.engine.training.task;

import io.graft.engine.data.Example.LabelledPicture;
import io.graft.engine.methods.objective.LabelPrediction;
import io.graft.engine.models.ImageClassifier;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Labels of pictures, all of one size. */
public final class PictureLabels implements TrainingTask {
    private final Torch torch;
    private final ImageClassifier model;
    private final LabelPrediction objective;
    private final List<LabelledPicture> rows;
    private final EvaluationBatches<LabelledPicture> held;

    /**
     * A task.
     *
     * @param held rows to measure on; may be empty
     * @param evaluationBatch rows a forward pass of a measurement
     */
    public PictureLabels(
            Torch torch,
            ImageClassifier model,
            LabelPrediction objective,
            List<LabelledPicture> rows,
            List<LabelledPicture> held,
            int evaluationBatch) {
        this.torch = torch;
        this.model = model;
        this.objective = objective;
        this.rows = List.copyOf(rows);
        this.held = new EvaluationBatches<>(torch, List.copyOf(held), evaluationBatch);
    }

    @Override
    public void training(boolean on) {
        model.training(on);
    }

    @Override
    public long units(int[] batch) {
        return batch.length;
    }

    @Override
    public String unit() {
        return "rows";
    }

    @Override
    public long targets(int[] batch) {
        return batch.length;
    }

    @Override
    public Tensor loss(int[] batch, long targets) {
        List<LabelledPicture> part = Arrays.stream(batch).mapToObj(rows::get).toList();
        return objective.loss(model.logits(pixels(part)), labels(part), targets).loss();
    }

    private Tensor pixels(List<LabelledPicture> part) {
        LabelledPicture first = part.getFirst();
        int size = first.pixels().length;
        float[] all = new float[Math.multiplyExact(size, part.size())];
        for (int i = 0; i < part.size(); i++) {
            System.arraycopy(part.get(i).pixels(), 0, all, i * size, size);
        }
        return Tensors.of(torch, all, part.size(), first.channels(), first.height(), first.width());
    }

    private Tensor labels(List<LabelledPicture> part) {
        return Tensors.of(torch, part.stream().mapToInt(LabelledPicture::label).toArray(), part.size());
    }

    @Override
    public boolean canEvaluate() {
        return !held.rows().isEmpty();
    }

    @Override
    public Map<String, Double> evaluate(BooleanSupplier stop) {
        LabelTally tally = new LabelTally();
        held.walk(
                row -> 0,
                stop,
                part -> tally.add(
                        model.logits(pixels(part)),
                        labels(part),
                        part.stream().map(LabelledPicture::label).toList()));
        return tally.metrics();
    }

    @Override
    public List<RowOutcome> outcomes(BooleanSupplier stop) {
        return held.each(
                row -> 0,
                stop,
                part -> LabelOutcomes.of(
                        model.logits(pixels(part.rows())),
                        part.rows().stream().mapToInt(LabelledPicture::label).toArray(),
                        part.positions()));
    }
}
