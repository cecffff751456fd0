package io.graft.engine.metrics.report;

import static io.graft.engine.metrics.report.Markup.number;

import io.graft.engine.metrics.InputCheck;
import io.graft.engine.metrics.calibration.ProbabilityScores;
import io.graft.engine.metrics.calibration.Reliability;
import io.graft.engine.metrics.classification.ConfusionMatrix;
import io.graft.engine.metrics.comparison.Bootstrap;
import io.graft.engine.metrics.comparison.ClopperPearson;
import io.graft.engine.metrics.comparison.ExampleScores;
import io.graft.engine.metrics.comparison.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sections of a report on a classifier: scores with intervals at 0.95, a reliability diagram, F1 of each class, and the
 * confusions that happen most.
 */
public final class ClassificationReport {
    private static final double TAIL = 0.025;
    private static final int CONFUSIONS = 20;

    private ClassificationReport() {}

    /**
     * Describes predictions.
     *
     * @param probabilities one row an example, one column a class, summing to 1
     * @param labels the true classes, from 0
     * @param classes their names, one a column
     * @param seed of the bootstrap
     * @throws io.graft.engine.metrics.MetricInputException for other lengths, or values that are no probabilities
     */
    public static List<ReportSection> sections(
            double[][] probabilities, int[] labels, List<String> classes, long seed) {
        double[] losses = ProbabilityScores.negativeLogLikelihood(probabilities, labels);
        new InputCheck()
                .parallel("classes", classes.size(), "probabilities[0]", probabilities[0].length)
                .done();
        int[] predicted = ProbabilityScores.predictions(probabilities);
        ConfusionMatrix matrix = ConfusionMatrix.of(predicted, labels, classes.size());
        Reliability reliability = Reliability.equalWidth(
                ProbabilityScores.confidences(probabilities), correct(predicted, labels), Reliability.DEFAULT_BINS);
        return List.of(
                scores(matrix, predicted, labels, losses, ProbabilityScores.brier(probabilities, labels), seed),
                new ReportSection.ReliabilityDiagram(
                        "Calibration: expected error " + number(reliability.expectedError()) + ", largest "
                                + number(reliability.maximumError()),
                        reliability.bins()),
                new ReportSection.Bars("F1 of each class", bars(matrix, classes), ""),
                confusions(matrix, classes));
    }

    private static ReportSection scores(
            ConfusionMatrix matrix, int[] predicted, int[] labels, double[] losses, double[] brier, long seed) {
        int right = (int) IntStream.range(0, labels.length)
                .filter(i -> predicted[i] == labels[i])
                .count();
        List<ReportSection.Intervals.Range> ranges = new ArrayList<>();
        Interval accuracy = new ClopperPearson(right, labels.length).interval(TAIL);
        ranges.add(new ReportSection.Intervals.Range("accuracy", matrix.accuracy(), accuracy.low(), accuracy.high()));
        if (Arrays.stream(losses).allMatch(Double::isFinite)) {
            ranges.add(range("loss (nats)", losses, seed));
        }
        ranges.add(range("Brier score", brier, seed));
        return new ReportSection.Intervals(
                "Scores of " + labels.length + " examples; macro F1 " + number(matrix.macroF1()), ranges, Double.NaN);
    }

    private static ReportSection.Intervals.Range range(String label, double[] values, long seed) {
        Bootstrap bootstrap = Bootstrap.of(ExampleScores.of(values), Bootstrap.DEFAULT_RESAMPLES, seed);
        Interval interval = bootstrap.percentile(1 - 2 * TAIL);
        return new ReportSection.Intervals.Range(label, bootstrap.estimate(), interval.low(), interval.high());
    }

    private static List<ReportSection.Bars.Bar> bars(ConfusionMatrix matrix, List<String> classes) {
        return IntStream.range(0, classes.size())
                .filter(c -> matrix.support(c) > 0)
                .mapToObj(c -> new ReportSection.Bars.Bar(
                        classes.get(c) + " (" + matrix.support(c) + ")", matrix.f1(c), false))
                .toList();
    }

    private record Confusion(int actual, int given, long count) {}

    private static ReportSection confusions(ConfusionMatrix matrix, List<String> classes) {
        List<Confusion> all = new ArrayList<>();
        for (int actual = 0; actual < classes.size(); actual++) {
            for (int given = 0; given < classes.size(); given++) {
                if (actual != given && matrix.count(actual, given) > 0) {
                    all.add(new Confusion(actual, given, matrix.count(actual, given)));
                }
            }
        }
        all.sort((a, b) -> Long.compare(b.count(), a.count()));
        List<List<String>> rows = all.stream()
                .limit(CONFUSIONS)
                .map(c -> List.of(classes.get(c.actual()), classes.get(c.given()), String.valueOf(c.count())))
                .toList();
        return new ReportSection.Table("Confused most often", List.of("is", "was taken for", "examples"), rows);
    }

    private static boolean[] correct(int[] predicted, int[] labels) {
        boolean[] correct = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            correct[i] = predicted[i] == labels[i];
        }
        return correct;
    }
}
