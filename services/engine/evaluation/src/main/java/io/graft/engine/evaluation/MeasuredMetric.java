package io.graft.engine.evaluation;

import io.graft.engine.metrics.comparison.CorpusScores;
import io.graft.engine.metrics.comparison.ExampleScores;
import io.graft.engine.metrics.comparison.Scores;
import io.graft.engine.metrics.gate.Direction;
import java.util.OptionalDouble;

/**
 * A metric with what it rests on.
 *
 * @param name such as {@code acc}
 * @param filter what was done to the model's answers: {@code none}, or {@code trim} for white space taken off their ends
 * @param scores one entry a row, in the order of the rows
 */
public record MeasuredMetric(String name, String filter, Scores scores, Direction direction) {
    /** The metric over all rows. */
    public double value() {
        return scores.value();
    }

    /** The standard error of a mean over rows: of one row, or of a metric that is no mean, there is none. */
    public OptionalDouble standardError() {
        return switch (scores) {
            case CorpusScores corpus -> OptionalDouble.empty();
            case ExampleScores each when each.size() < 2 -> OptionalDouble.empty();
            case ExampleScores each -> {
                double mean = each.value();
                double squares = 0;
                for (int i = 0; i < each.size(); i++) {
                    squares += (each.get(i) - mean) * (each.get(i) - mean);
                }
                yield OptionalDouble.of(Math.sqrt(squares / (each.size() - 1) / each.size()));
            }
        };
    }
}
