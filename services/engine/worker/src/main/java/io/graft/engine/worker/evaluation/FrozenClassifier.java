package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.classification.ConfusionMatrix;
import io.graft.engine.metrics.gate.Direction;
import io.graft.engine.metrics.representation.LinearProbe;
import io.graft.engine.metrics.representation.Neighbours;
import io.graft.engine.training.task.RowOutcome;
import io.graft.v1.EmbeddingNeighbours;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Classifies frozen vectors.
 *
 * @param version whose they are
 * @param learnt vectors to learn from
 * @param labels their classes, from 0
 * @param classes names of the classes
 */
record FrozenClassifier(String version, double[][] learnt, int[] labels, List<String> classes) {
    FrozenClassifier {
        classes = List.copyOf(classes);
    }

    /** A linear classifier. Classes that no learnt row has get the probability 0, and the least loss that is a number. */
    Measurement probe(double l2, double[][] held, int[] truths) {
        double[][] probabilities = LinearProbe.fit(learnt, labels, l2).probabilities(held);
        List<RowOutcome> outcomes = new ArrayList<>();
        for (int row = 0; row < truths.length; row++) {
            double[] all = Arrays.copyOf(probabilities[row], classes.size());
            double loss = -Math.log(Math.max(Double.MIN_VALUE, all[truths[row]]));
            outcomes.add(new RowOutcome.Labelled(row, loss, truths[row], all));
        }
        return new RowOutcomes(version, outcomes, classes).measurement();
    }

    /** The vote of the nearest. */
    Measurement neighbours(EmbeddingNeighbours settings, double[][] held, int[] truths) {
        int[] predicted = new Neighbours(settings.getK(), settings.getTemperature()).predict(learnt, labels, held);
        double[] right = IntStream.range(0, truths.length)
                .mapToDouble(row -> predicted[row] == truths[row] ? 1 : 0)
                .toArray();
        ExampleMetric accuracy = ExampleMetric.of("accuracy", Direction.HIGHER_IS_BETTER, right);
        CorpusFigure macroF1 = new CorpusFigure(
                "f1_macro",
                Direction.HIGHER_IS_BETTER,
                ConfusionMatrix.macroF1Scores(predicted, truths, classes.size()));
        return new Measurement(
                new TreeMap<>(Map.of(
                        "accuracy",
                        accuracy.mean(),
                        "f1_micro",
                        accuracy.mean(),
                        "f1_macro",
                        macroF1.scores().value(),
                        "rows",
                        (double) truths.length)),
                IntStream.range(0, truths.length).toArray(),
                List.of(accuracy),
                null,
                List.of(macroF1));
    }
}
