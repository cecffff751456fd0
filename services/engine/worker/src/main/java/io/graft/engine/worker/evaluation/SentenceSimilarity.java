package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.comparison.CorpusScores;
import io.graft.engine.metrics.correlation.RankCorrelation;
import io.graft.engine.metrics.gate.Direction;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Pairs of texts whose likeness people scored.
 *
 * @param scores one a pair
 */
record SentenceSimilarity(double[][] first, double[][] second, double[] scores) {
    private static final double SPAN = 2;

    /** Correlations of the cosine with the score, 0 when one of both is constant; resamples correlate anew. */
    Measurement measurement() {
        double[][] pairs = IntStream.range(0, scores.length)
                .mapToObj(i -> new double[] {VectorAngle.cosine(first[i], second[i]), scores[i]})
                .toArray(double[][]::new);
        CorpusFigure spearman = new CorpusFigure(
                "spearman",
                Direction.HIGHER_IS_BETTER,
                CorpusScores.ofSample(pairs, SentenceSimilarity::spearman, SPAN));
        CorpusFigure pearson = new CorpusFigure(
                "pearson", Direction.HIGHER_IS_BETTER, CorpusScores.ofSample(pairs, SentenceSimilarity::pearson, SPAN));
        TreeMap<String, Double> metrics = new TreeMap<>();
        metrics.put("rows", (double) pairs.length);
        metrics.put("spearman", spearman.scores().value());
        metrics.put("pearson", pearson.scores().value());
        return new Measurement(
                metrics, IntStream.range(0, pairs.length).toArray(), List.of(), null, List.of(spearman, pearson));
    }

    private static double spearman(double[][] pairs) {
        return pairs.length < 2 ? 0 : known(RankCorrelation.spearman(column(pairs, 0), column(pairs, 1)));
    }

    private static double pearson(double[][] pairs) {
        return pairs.length < 2 ? 0 : known(RankCorrelation.pearson(column(pairs, 0), column(pairs, 1)));
    }

    private static double known(double correlation) {
        return Double.isNaN(correlation) ? 0 : correlation;
    }

    private static double[] column(double[][] pairs, int column) {
        double[] values = new double[pairs.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = pairs[i][column];
        }
        return values;
    }
}
