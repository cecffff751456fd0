package io.graft.engine.metrics.classification;

import io.graft.engine.metrics.InputCheck;
import io.graft.engine.metrics.comparison.CorpusScores;
import java.util.stream.IntStream;

/**
 * How often each true class was given each label, with the rates that follow from it. Accuracy, precision, recall and F1
 * are scikit-learn's with {@code zero_division=0}; macro averages run over the classes that occur as a truth or as a
 * prediction, as scikit-learn's do when no list of labels is given.
 */
public final class ConfusionMatrix {
    private final long[][] counts;

    private ConfusionMatrix(long[][] counts) {
        this.counts = counts;
    }

    /**
     * Counts predictions.
     *
     * @param predicted class indices from 0 to {@code classes - 1}, one an example
     * @param actual the true classes, in the same order
     * @throws io.graft.engine.metrics.MetricInputException for no examples, other lengths or indices out of range
     */
    public static ConfusionMatrix of(int[] predicted, int[] actual, int classes) {
        new InputCheck()
                .parallel("predicted", predicted.length, "actual", actual.length)
                .labels("predicted", predicted, classes)
                .labels("actual", actual, classes)
                .done();
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < actual.length; i++) {
            counts[actual[i]][predicted[i]]++;
        }
        return new ConfusionMatrix(counts);
    }

    /** How many examples of a class were given a label. */
    public long count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /** How many classes there are, seen or not. */
    public int classes() {
        return counts.length;
    }

    /** How many examples truly are of a class. */
    public long support(int label) {
        return IntStream.range(0, classes()).mapToLong(p -> counts[label][p]).sum();
    }

    /** The share of examples with the right label. With one label an example, micro F1 is the same number. */
    public double accuracy() {
        return ratio(diagonal(), total());
    }

    /** Micro-averaged F1 over all classes: equals {@link #accuracy()} because each example has exactly one label. */
    public double microF1() {
        return accuracy();
    }

    /** Of the examples given a label, the share that truly are of it; 0 when the label was never given. */
    public double precision(int label) {
        return ratio(counts[label][label], given(label));
    }

    /** Of the examples of a class, the share found; 0 for a class without examples. */
    public double recall(int label) {
        return ratio(counts[label][label], support(label));
    }

    /** {@code 2 TP / (2 TP + FP + FN)}; 0 when the class occurs nowhere. */
    public double f1(int label) {
        return ratio(2 * counts[label][label], given(label) + support(label));
    }

    /** The plain mean of F1 over the classes that occur. */
    public double macroF1() {
        return IntStream.range(0, classes())
                .filter(c -> given(c) + support(c) > 0)
                .mapToDouble(this::f1)
                .average()
                .orElse(0);
    }

    /**
     * What each example adds to {@link #macroF1()}, so that it can be resampled. Its span is that of an example of the
     * rarest class, in which another answer moves F1 by at most {@code 3 / support}.
     *
     * @param predicted class indices, as for {@link #of}
     * @param actual the true classes, in the same order
     */
    public static CorpusScores macroF1Scores(int[] predicted, int[] actual, int classes) {
        new InputCheck()
                .parallel("predicted", predicted.length, "actual", actual.length)
                .labels("predicted", predicted, classes)
                .labels("actual", actual, classes)
                .done();
        int[][] places = new int[actual.length][];
        for (int i = 0; i < places.length; i++) {
            int truth = actual[i];
            int given = classes + predicted[i];
            places[i] =
                    truth == predicted[i] ? new int[] {truth, given, 2 * classes + truth} : new int[] {truth, given};
        }
        double span = of(predicted, actual, classes).rarestSpan();
        return CorpusScores.ofCounts(places, 3 * classes, sums -> macroF1(sums, classes), span);
    }

    private double rarestSpan() {
        long occurring = IntStream.range(0, classes())
                .filter(c -> given(c) + support(c) > 0)
                .count();
        long rarest = IntStream.range(0, classes())
                .filter(c -> given(c) + support(c) > 0)
                .mapToLong(c -> Math.max(1, support(c)))
                .min()
                .orElse(1);
        return 3.0 * total() / ((double) occurring * rarest);
    }

    private static double macroF1(double[] sums, int classes) {
        return IntStream.range(0, classes)
                .filter(c -> sums[c] + sums[classes + c] > 0)
                .mapToDouble(c -> 2 * sums[2 * classes + c] / (sums[c] + sums[classes + c]))
                .average()
                .orElse(0);
    }

    private long given(int label) {
        return IntStream.range(0, classes()).mapToLong(a -> counts[a][label]).sum();
    }

    private long diagonal() {
        return IntStream.range(0, classes()).mapToLong(c -> counts[c][c]).sum();
    }

    private long total() {
        return IntStream.range(0, classes()).mapToLong(this::support).sum();
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
