package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.comparison.CorpusScores;
import io.graft.engine.metrics.comparison.ExampleScores;
import io.graft.engine.metrics.comparison.Scores;
import io.graft.engine.metrics.gate.Direction;
import java.util.Arrays;

/**
 * A metric with its value on each example; over all it is their mean, weighted. Arrays are not copied and not to be changed.
 *
 * @param name as in the job's result
 * @param direction which values are good
 * @param values one an example
 * @param weights one an example, above 0: 1 each, or the tokens that a value is a mean over
 */
record ExampleMetric(String name, Direction direction, double[] values, double[] weights) implements RowsMetric {
    /** A metric to which each example counts the same. */
    static ExampleMetric of(String name, Direction direction, double[] values) {
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return new ExampleMetric(name, direction, values, ones);
    }

    /** Over all examples. */
    double mean() {
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * weights[i];
            weight += weights[i];
        }
        return sum / weight;
    }

    @Override
    public Scores scores() {
        if (Arrays.stream(weights).allMatch(weight -> weight == 1)) {
            return ExampleScores.of(values);
        }
        double[][] sums = new double[values.length][];
        double span = Double.MIN_NORMAL;
        for (int i = 0; i < sums.length; i++) {
            sums[i] = new double[] {values[i] * weights[i], weights[i]};
            span = Math.max(span, Math.abs(values[i]));
        }
        return CorpusScores.of(sums, total -> total[0] / total[1], span);
    }
}
