package io.graft.engine.training.task;

import io.graft.engine.data.Example.TokenPair;
import io.graft.engine.methods.objective.ContrastiveLearning;
import io.graft.engine.models.TextEncoder;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Functional;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Embeddings of texts that belong together. */
public final class TextPairs implements TrainingTask {
    private final TextEncoder model;
    private final TextEncoder.Pooling pooling;
    private final ContrastiveLearning objective;
    private final List<TokenPair> rows;
    private final TokenRows tensors;
    private final EvaluationBatches<TokenPair> held;

    /**
     * A task.
     *
     * @param held rows to measure on; may be empty
     * @param padding id of the padding token
     * @param evaluationBatch rows a forward pass of a measurement, among which each anchor has to find its own
     */
    public TextPairs(
            Torch torch,
            TextEncoder model,
            TextEncoder.Pooling pooling,
            ContrastiveLearning objective,
            List<TokenPair> rows,
            List<TokenPair> held,
            int padding,
            int evaluationBatch) {
        this.model = model;
        this.pooling = pooling;
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
        return Arrays.stream(batch)
                .mapToLong(row -> rows.get(row).anchor().length + rows.get(row).positive().length)
                .sum();
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
        List<TokenPair> part = Arrays.stream(batch).mapToObj(rows::get).toList();
        return objective.loss(anchors(part), candidates(part)).mul(batch.length / (double) targets);
    }

    private Tensor anchors(List<TokenPair> part) {
        return model.embeddings(
                tensors.plain(part.stream().map(TokenPair::anchor).toList()), pooling, false);
    }

    private Tensor candidates(List<TokenPair> part) {
        List<int[]> texts =
                new ArrayList<>(part.stream().map(TokenPair::positive).toList());
        part.stream().map(TokenPair::negative).filter(Objects::nonNull).forEach(texts::add);
        return model.embeddings(tensors.plain(texts), pooling, false);
    }

    @Override
    public boolean canEvaluate() {
        return held.rows().size() > 1;
    }

    @Override
    public Map<String, Double> evaluate(BooleanSupplier stop) {
        double[] loss = new double[1];
        long[] found = new long[2];
        held.walk(row -> 0, stop, part -> {
            if (part.size() > 1) {
                Tensor anchors = Functional.normalize(anchors(part), 1);
                Tensor scores =
                        anchors.matmul(Functional.normalize(candidates(part), 1).t());
                long[] nearest = scores.argmax(1).toLongs();
                for (int i = 0; i < nearest.length; i++) {
                    found[0] += nearest[i] == i ? 1 : 0;
                }
                loss[0] += objective.loss(anchors, candidates(part)).item() * part.size();
                found[1] += part.size();
            }
        });
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", loss[0] / found[1]);
        metrics.put("accuracy", found[0] / (double) found[1]);
        metrics.put("rows", (double) found[1]);
        return metrics;
    }

    @Override
    public List<RowOutcome> outcomes(BooleanSupplier stop) {
        return held.each(row -> 0, stop, part -> part.rows().size() > 1 ? outcomes(part) : List.of());
    }

    private List<RowOutcome> outcomes(EvaluationBatches.Part<TokenPair> part) {
        Tensor anchors = anchors(part.rows());
        Tensor candidates = candidates(part.rows());
        float[] losses = objective.lossEach(anchors, candidates).toFloats();
        long[] nearest = Functional.normalize(anchors, 1)
                .matmul(Functional.normalize(candidates, 1).t())
                .argmax(1)
                .toLongs();
        List<RowOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < losses.length; i++) {
            outcomes.add(new RowOutcome.Matched(part.positions()[i], losses[i], nearest[i] == i));
        }
        return outcomes;
    }
}
