package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.gate.Direction;
import io.graft.engine.training.task.RowOutcome;
import io.graft.engine.training.task.RowOutcome.Labelled;
import io.graft.engine.training.task.RowOutcome.Matched;
import io.graft.engine.training.task.RowOutcome.Predicted;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes metrics of what came of rows: {@code loss} in nats, {@code rows}, and as the rows have it {@code accuracy}, or
 * {@code perplexity} and {@code tokens}; of classifiers also {@link ClassificationMetrics}.
 *
 * @param version whose they are, for messages
 * @param labels names of the classes, empty where there are none
 */
record RowOutcomes(String version, List<RowOutcome> outcomes, List<String> labels) {
    static final String LOSS = "loss";
    static final String ACCURACY = "accuracy";

    /**
     * Everything about the rows.
     *
     * @throws GraftException {@code NON_FINITE_SCORES} naming the first row without a finite loss
     */
    Measurement measurement() {
        for (RowOutcome outcome : outcomes) {
            if (!Double.isFinite(outcome.loss())) {
                throw new GraftException(
                        ErrorCode.NON_FINITE_SCORES,
                        version + " scores row " + outcome.row() + " with a loss of " + outcome.loss()
                                + ": look for NaN or infinity in its weights, or train it again with a lower learning"
                                + " rate",
                        Map.of("version", version, "row", Integer.toString(outcome.row())));
            }
        }
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("rows", (double) outcomes.size());
        List<RowOutcome> counted =
                outcomes.stream().filter(outcome -> weight(outcome) > 0).toList();
        if (counted.isEmpty()) {
            throw new GraftException(
                    ErrorCode.MALFORMED_DATASET,
                    "None of the " + outcomes.size()
                            + " rows has anything to measure; add rows with labels, completions or" + " partners");
        }
        double[] weights = values(counted, RowOutcomes::weight);
        double[] losses = values(counted, outcome -> outcome.loss() / weight(outcome));
        List<ExampleMetric> examples = new ArrayList<>();
        if (counted.stream().noneMatch(Predicted.class::isInstance)) {
            examples.add(ExampleMetric.of(
                    ACCURACY, Direction.HIGHER_IS_BETTER, values(counted, outcome -> isRight(outcome) ? 1 : 0)));
        }
        examples.add(new ExampleMetric(LOSS, Direction.LOWER_IS_BETTER, losses, weights));
        examples.forEach(metric -> metrics.put(metric.name(), metric.mean()));
        if (outcomes.stream().anyMatch(Predicted.class::isInstance)) {
            metrics.put("perplexity", Math.exp(metrics.getOrDefault(LOSS, Double.NaN)));
            metrics.put("tokens", Arrays.stream(weights).sum());
        }
        int[] rows = counted.stream().mapToInt(RowOutcome::row).toArray();
        Predictions predictions = predictions(counted);
        if (predictions == null) {
            return new Measurement(metrics, rows, examples);
        }
        ClassificationMetrics classified = ClassificationMetrics.of(predictions);
        metrics.putAll(classified.metrics());
        examples.add(classified.brier());
        return new Measurement(new TreeMap<>(metrics), rows, examples, predictions, List.of(classified.macroF1()));
    }

    private static double weight(RowOutcome outcome) {
        return switch (outcome) {
            case Predicted predicted -> predicted.targets();
            case Labelled ignored -> 1;
            case Matched ignored -> 1;
        };
    }

    private static boolean isRight(RowOutcome outcome) {
        return switch (outcome) {
            case Labelled labelled -> labelled.isRight();
            case Matched matched -> matched.isRight();
            case Predicted ignored -> false;
        };
    }

    private @Nullable Predictions predictions(List<RowOutcome> rows) {
        List<Labelled> labelled = rows.stream()
                .filter(Labelled.class::isInstance)
                .map(Labelled.class::cast)
                .toList();
        return labelled.isEmpty()
                ? null
                : new Predictions(
                        labelled.stream().map(Labelled::probabilities).toArray(double[][]::new),
                        labelled.stream().mapToInt(Labelled::label).toArray(),
                        labels);
    }

    private static double[] values(List<RowOutcome> rows, ToDoubleFunction<RowOutcome> value) {
        return rows.stream().mapToDouble(value).toArray();
    }
}
