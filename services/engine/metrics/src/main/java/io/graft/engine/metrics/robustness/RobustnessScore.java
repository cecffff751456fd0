package io.graft.engine.metrics.robustness;

import io.graft.engine.metrics.InputCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a model stands an attack. Inputs that it gets wrong unchanged are not attacked.
 *
 * @param examples how many inputs were given
 * @param attacked how many of them the model gets right, so that they were attacked
 * @param successRate share of the attacked that was fooled within the budget; NaN when none was attacked
 * @param meanQueries a failure counting as the whole budget
 * @param medianQueries a failure counting as the whole budget
 * @param meanEuclideanChange over the successes; NaN without any
 * @param results of each attacked input, in order
 */
public record RobustnessScore(
        int examples,
        int attacked,
        double successRate,
        double meanQueries,
        double medianQueries,
        double meanEuclideanChange,
        List<AttackResult> results) {
    public RobustnessScore {
        results = List.copyOf(results);
    }

    /**
     * Attacks each input.
     *
     * @param first for each input the directions to try first; empty for none at all
     * @param budget the attack's, to count failures
     * @throws io.graft.engine.metrics.MetricInputException for other lengths or inputs out of range
     */
    public static RobustnessScore of(
            Scorer scorer,
            Attack attack,
            AttackBudget budget,
            List<float[]> inputs,
            int[] labels,
            List<List<byte[]>> first,
            long seed) {
        InputCheck check = new InputCheck().parallel("inputs", inputs.size(), "labels", labels.length);
        if (!first.isEmpty()) {
            check.parallel("inputs", inputs.size(), "first", first.size());
        }
        check.done();
        List<AttackResult> results = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (Target.margin(scorer.probabilities(inputs.get(i)), labels[i]) >= 0) {
                List<byte[]> directions = first.isEmpty() ? List.of() : first.get(i);
                results.add(attack.run(scorer, inputs.get(i), labels[i], directions, seed + i));
            }
        }
        return of(labels.length, results, budget);
    }

    /**
     * The score of attacks that were run one by one.
     *
     * @param examples how many inputs were given, those that the model gets wrong unchanged included
     * @param results of the others
     * @param budget the attack's, to count failures
     */
    public static RobustnessScore of(int examples, List<AttackResult> results, AttackBudget budget) {
        double[] queries = results.stream()
                .mapToDouble(r -> r.success() ? r.queries() : budget.queries())
                .sorted()
                .toArray();
        int n = queries.length;
        return new RobustnessScore(
                examples,
                n,
                results.stream().mapToDouble(r -> r.success() ? 1 : 0).average().orElse(Double.NaN),
                IntStream.range(0, n).mapToDouble(i -> queries[i]).average().orElse(Double.NaN),
                n == 0 ? Double.NaN : (queries[(n - 1) / 2] + queries[n / 2]) / 2,
                results.stream()
                        .filter(AttackResult::success)
                        .mapToDouble(AttackResult::euclideanChange)
                        .average()
                        .orElse(Double.NaN),
                results);
    }

    /** Share of the attacked that was fooled with so many queries or fewer; NaN when none was attacked. */
    public double successRateWithin(int queries) {
        return results.stream()
                .mapToDouble(result -> result.success() && result.queries() <= queries ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    /** The share of another attack's successes that fool this model too; NaN without any success. */
    public static double transferRate(Scorer scorer, List<AttackResult> results, int[] labels) {
        new InputCheck()
                .parallel("results", results.size(), "labels", labels.length)
                .done();
        int[] successes = IntStream.range(0, labels.length)
                .filter(i -> results.get(i).success())
                .toArray();
        return IntStream.of(successes)
                .mapToDouble(i ->
                        Target.margin(scorer.probabilities(results.get(i).found()), labels[i]) < 0 ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }
}
