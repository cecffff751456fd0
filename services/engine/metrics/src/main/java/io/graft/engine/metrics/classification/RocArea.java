package io.graft.engine.metrics.classification;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Area under the ROC curve: the probability that a positive example scores above a negative one, a tie counting one half
 * (the Mann-Whitney statistic over mid-ranks; Hanley and McNeil 1982). Equals scikit-learn's {@code roc_auc_score}.
 */
public final class RocArea {
    private RocArea() {}

    /**
     * The area of one score.
     *
     * @param scores higher means more likely positive
     * @throws io.graft.engine.metrics.MetricInputException if one of the two classes has no example
     */
    public static double binary(double[] scores, boolean[] positive) {
        int positives = (int)
                IntStream.range(0, positive.length).filter(i -> positive[i]).count();
        new InputCheck()
                .parallel("scores", scores.length, "positive", positive.length)
                .finite("scores", scores)
                .require(
                        positives > 0 && positives < positive.length,
                        "positive",
                        "has examples of one class only",
                        "evaluate on data that holds both classes")
                .done();
        double rankSum = positiveRankSum(scores, positive);
        double negatives = (double) scores.length - positives;
        return (rankSum - positives * (positives + 1.0) / 2) / (positives * negatives);
    }

    /**
     * The plain mean of the areas of each class against all others ({@code multi_class="ovr", average="macro"}).
     *
     * @param probabilities one row an example, one column a class
     * @throws io.graft.engine.metrics.MetricInputException if a class has no example, or every example
     */
    public static double oneVersusRestMacro(double[][] probabilities, int[] labels) {
        new InputCheck()
                .parallel("probabilities", probabilities.length, "labels", labels.length)
                .matrix("probabilities", probabilities)
                .done();
        return IntStream.range(0, probabilities[0].length)
                .mapToDouble(c -> oneVersusRest(probabilities, labels, c))
                .average()
                .orElseThrow();
    }

    /** The area of one class against all others. */
    public static double oneVersusRest(double[][] probabilities, int[] labels, int label) {
        double[] scores = new double[probabilities.length];
        boolean[] positive = new boolean[labels.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = probabilities[i][label];
            positive[i] = labels[i] == label;
        }
        return binary(scores, positive);
    }

    private static double positiveRankSum(double[] scores, boolean[] positive) {
        int n = scores.length;
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted((a, b) -> Double.compare(scores[a], scores[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double sum = 0;
        int start = 0;
        while (start < n) {
            int end = start;
            while (end < n && scores[order[end]] == scores[order[start]]) {
                end++;
            }
            double midRank = (start + 1 + end) / 2.0;
            long tied =
                    Arrays.stream(order, start, end).filter(i -> positive[i]).count();
            sum += midRank * tied;
            start = end;
        }
        return sum;
    }
}
