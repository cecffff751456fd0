package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.calibration.ProbabilityScores;
import io.graft.engine.metrics.calibration.Reliability;
import io.graft.engine.metrics.classification.ConfusionMatrix;
import io.graft.engine.metrics.classification.RocArea;
import io.graft.engine.metrics.gate.Direction;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What is told of a classifier beside accuracy and loss: {@code f1_macro}, over the classes that occur; {@code f1_micro};
 * {@code auc}, the mean over classes of one against the rest, when each of two to {@value #MOST_AREAS} classes has an
 * example; {@code brier}, summed over classes; and of the calibration {@code ece} and {@code mce} over 15 bins of equal
 * width, {@code ace} over 15 of equal mass.
 */
record ClassificationMetrics(SortedMap<String, Double> metrics, ExampleMetric brier, CorpusFigure macroF1) {
    private static final int MOST_AREAS = 1000;

    static ClassificationMetrics of(Predictions predictions) {
        double[][] probabilities = predictions.probabilities();
        int[] labels = predictions.labels();
        int classes = predictions.classes().size();
        int[] predicted =
                IntStream.range(0, labels.length).map(predictions::predicted).toArray();
        ConfusionMatrix matrix = ConfusionMatrix.of(predicted, labels, classes);
        ExampleMetric brier =
                ExampleMetric.of("brier", Direction.LOWER_IS_BETTER, ProbabilityScores.brier(probabilities, labels));
        SortedMap<String, Double> metrics = new TreeMap<>(
                Map.of("f1_macro", matrix.macroF1(), "f1_micro", matrix.microF1(), brier.name(), brier.mean()));
        metrics.putAll(calibration(probabilities, predicted, labels));
        boolean isEachThere = IntStream.range(0, classes).allMatch(c -> matrix.support(c) > 0);
        if (isEachThere && classes > 1 && classes <= MOST_AREAS) {
            metrics.put("auc", RocArea.oneVersusRestMacro(probabilities, labels));
        }
        return new ClassificationMetrics(
                metrics,
                brier,
                new CorpusFigure(
                        "f1_macro",
                        Direction.HIGHER_IS_BETTER,
                        ConfusionMatrix.macroF1Scores(predicted, labels, classes)));
    }

    private static Map<String, Double> calibration(double[][] probabilities, int[] predicted, int[] labels) {
        double[] confidences = Arrays.stream(ProbabilityScores.confidences(probabilities))
                .map(confidence -> Math.min(1, confidence))
                .toArray();
        boolean[] correct = new boolean[labels.length];
        for (int i = 0; i < correct.length; i++) {
            correct[i] = predicted[i] == labels[i];
        }
        Reliability width = Reliability.equalWidth(confidences, correct, Reliability.DEFAULT_BINS);
        Reliability mass = Reliability.equalMass(confidences, correct, Reliability.DEFAULT_BINS);
        return Map.of("ece", width.expectedError(), "mce", width.maximumError(), "ace", mass.expectedError());
    }
}
