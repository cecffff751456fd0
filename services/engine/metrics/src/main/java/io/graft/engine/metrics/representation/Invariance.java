package io.graft.engine.metrics.representation;

import io.graft.engine.metrics.InputCheck;
import io.graft.engine.metrics.comparison.Bootstrap;
import io.graft.engine.metrics.comparison.CorpusScores;
import io.graft.engine.metrics.comparison.Interval;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How invariant a representation is under a transformation (Speicher et al. 2024, arXiv 2407.04325): the representations of
 * the same inputs under two random draws of the transformation, compared with each other and with those of other inputs.
 * The authors' code shuffles within mini-batches, with a seed that has no effect; here all inputs are shuffled at once, by
 * the seed given. Linear CKA, which they report as it is, without dividing, is in {@link LinearCka}.
 *
 * @param same the mean over inputs, first draw against second
 * @param shuffled the mean over inputs, first draw against another input's first draw
 * @param ratio {@code same / shuffled}
 * @param interval of the ratio at 0.95, by the bootstrap over inputs
 */
public record Invariance(double same, double shuffled, double ratio, Interval interval) {
    private static final double LEVEL = 0.95;

    /**
     * Measures.
     *
     * @param first representations under the first draw, one row an input
     * @param second those of the same inputs under the second draw
     * @throws io.graft.engine.metrics.MetricInputException for fewer than two inputs, other shapes, values that are not
     *     finite, or representations that are the same for every input
     */
    public static Invariance of(double[][] first, double[][] second, InvarianceMetric metric, long seed) {
        return of(first, second, metric, permutation(first.length, seed), seed);
    }

    static Invariance of(double[][] first, double[][] second, InvarianceMetric metric, int[] permutation, long seed) {
        checkPair(first, second);
        double[][] rows = IntStream.range(0, first.length)
                .mapToObj(i -> new double[] {
                    metric.compare(first[i], second[i]), metric.compare(first[i], first[permutation[i]])
                })
                .toArray(double[][]::new);
        double same =
                IntStream.range(0, rows.length).mapToDouble(i -> rows[i][0]).sum() / rows.length;
        double shuffled =
                IntStream.range(0, rows.length).mapToDouble(i -> rows[i][1]).sum() / rows.length;
        new InputCheck()
                .require(
                        Double.isFinite(same / shuffled),
                        "first",
                        "has the same representation, or zero, for every input",
                        "take another layer; a constant one is invariant to everything")
                .done();
        CorpusScores scores = CorpusScores.of(rows, sums -> sums[1] == 0 ? 0 : sums[0] / sums[1], 1);
        Interval interval =
                Bootstrap.of(scores, Bootstrap.DEFAULT_RESAMPLES, seed).percentile(LEVEL);
        return new Invariance(same, shuffled, same / shuffled, interval);
    }

    static void checkPair(double[][] first, double[][] second) {
        new InputCheck()
                .matrix("first", first)
                .matrix("second", second)
                .parallel("first", first.length, "second", second.length)
                .require(first.length > 1, "first", "has " + first.length + " inputs", "take at least two")
                .done();
        new InputCheck()
                .require(
                        first[0].length == second[0].length,
                        "second",
                        "has " + second[0].length + " features, first has " + first[0].length,
                        "take the same layer of the same model")
                .done();
    }

    private static int[] permutation(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] permutation = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = permutation[i];
            permutation[i] = permutation[j];
            permutation[j] = swapped;
        }
        return permutation;
    }
}
