package io.graft.engine.training.task;

import io.graft.engine.data.Example.TokenSequence;
import io.graft.engine.methods.objective.LanguageModeling;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Losses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The next token of texts. */
public final class NextTokens implements TrainingTask {
    private final CausalLm model;
    private final LanguageModeling objective;
    private final List<TokenSequence> rows;
    private final TokenRows tensors;
    private final EvaluationBatches<TokenSequence> held;

    /**
     * A task.
     *
     * @param held rows to measure on; may be empty
     * @param padding id of the padding token
     * @param evaluationBatch rows a forward pass of a measurement
     */
    public NextTokens(
            Torch torch,
            CausalLm model,
            LanguageModeling objective,
            List<TokenSequence> rows,
            List<TokenSequence> held,
            int padding,
            int evaluationBatch) {
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
        return Arrays.stream(batch).mapToLong(row -> targets(rows.get(row))).sum();
    }

    private static long targets(TokenSequence row) {
        int[] labels = row.labels();
        long targets = 0;
        for (int i = 1; i < labels.length; i++) {
            targets += labels[i] == Losses.IGNORED ? 0 : 1;
        }
        return targets;
    }

    @Override
    public Tensor loss(int[] batch, long targets) {
        return loss(Arrays.stream(batch).mapToObj(rows::get).toList(), objective.reduction(targets));
    }

    private Tensor loss(List<TokenSequence> part, Losses.Reduction how) {
        TokenBatch texts = tensors.plain(part.stream().map(TokenSequence::ids).toList());
        Tensor labels =
                tensors.labels(part.stream().map(TokenSequence::labels).toList(), texts.length(), Losses.IGNORED);
        return model.nextTokenLoss(texts, labels, how).loss();
    }

    @Override
    public boolean canEvaluate() {
        return !held.rows().isEmpty();
    }

    @Override
    public Map<String, Double> evaluate(BooleanSupplier stop) {
        double[] sum = new double[1];
        long[] tokens = new long[1];
        held.walk(row -> row.ids().length, stop, part -> {
            long targets = part.stream().mapToLong(NextTokens::targets).sum();
            if (targets > 0) {
                sum[0] += loss(part, Losses.Reduction.MEAN).item() * targets;
                tokens[0] += targets;
            }
        });
        double loss = sum[0] / tokens[0];
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", loss);
        metrics.put("perplexity", Math.exp(loss));
        metrics.put("tokens", (double) tokens[0]);
        metrics.put("rows", (double) held.rows().size());
        return metrics;
    }

    @Override
    public List<RowOutcome> outcomes(BooleanSupplier stop) {
        return held.each(row -> row.ids().length, stop, this::outcomes);
    }

    private List<RowOutcome> outcomes(EvaluationBatches.Part<TokenSequence> part) {
        TokenBatch texts =
                tensors.plain(part.rows().stream().map(TokenSequence::ids).toList());
        Tensor labels = tensors.labels(
                part.rows().stream().map(TokenSequence::labels).toList(), texts.length(), Losses.IGNORED);
        double[] losses = model.nextTokenLosses(texts, labels);
        List<RowOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < losses.length; i++) {
            outcomes.add(new RowOutcome.Predicted(
                    part.positions()[i], losses[i], targets(part.rows().get(i))));
        }
        return outcomes;
    }
}
