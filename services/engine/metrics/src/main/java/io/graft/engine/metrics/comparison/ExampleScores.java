package io.graft.engine.metrics.comparison;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;

/** A score for each example, whose mean is the metric: accuracy, exact match, F1 of answers, negative log-likelihood. */
public final class ExampleScores implements Scores {
    private final double[] values;

    private ExampleScores(double[] values) {
        this.values = values;
    }

    /**
     * Takes one score an example.
     *
     * @throws io.graft.engine.metrics.MetricInputException for no examples or a score that is not finite
     */
    public static ExampleScores of(double... values) {
        new InputCheck()
                .require(values.length > 0, "values", "is empty", "give at least one example")
                .finite("values", values)
                .done();
        return new ExampleScores(values.clone());
    }

    /** Takes whether each example was solved, as 1 or 0. */
    public static ExampleScores ofCorrectness(boolean... correct) {
        double[] values = new double[correct.length];
        Arrays.setAll(values, i -> correct[i] ? 1 : 0);
        return of(values);
    }

    /** Takes whether each prediction is the truth, as 1 or 0. */
    public static ExampleScores ofPredictions(int[] predicted, int[] actual) {
        new InputCheck()
                .parallel("predicted", predicted.length, "actual", actual.length)
                .done();
        double[] values = new double[actual.length];
        Arrays.setAll(values, i -> predicted[i] == actual[i] ? 1 : 0);
        return of(values);
    }

    /** The score of one example. */
    public double get(int example) {
        return values[example];
    }

    /** Whether every score is 0 or 1, so that exact methods for proportions apply. */
    public boolean isBinary() {
        return Arrays.stream(values).allMatch(v -> v == 0 || v == 1);
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public double value() {
        return Arrays.stream(values).sum() / values.length;
    }

    @Override
    public double value(int[] examples) {
        double sum = 0;
        for (int example : examples) {
            sum += values[example];
        }
        return sum / examples.length;
    }

    @Override
    public ExampleScores only(int[] examples) {
        return of(Arrays.stream(examples).mapToDouble(this::get).toArray());
    }

    @Override
    public boolean differs(Scores other, int example) {
        return !(other instanceof ExampleScores scores) || scores.values[example] != values[example];
    }

    @Override
    public double span() {
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        return Math.max(high - low, Math.max(Math.abs(low), Math.abs(high)));
    }
}
