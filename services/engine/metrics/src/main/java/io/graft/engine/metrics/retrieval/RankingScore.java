package io.graft.engine.metrics.retrieval;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How well one query's documents are ranked, each from 0 to 1. Documents of equal score are counted as if those of less
 * relevance came first, so that a model which says the same of all gains nothing by the order of the data.
 *
 * @param recall share of the relevant documents that are among the first {@code k}
 * @param ndcg gain among the first {@code k}, relevance over {@code log2(rank + 1)}, over the greatest possible (Järvelin and
 *     Kekäläinen 2002, with the gains of trec_eval)
 * @param reciprocalRank one over the rank of the first relevant document, of all
 */
public record RankingScore(double recall, double ndcg, double reciprocalRank) {
    /**
     * Ranks and scores.
     *
     * @param scores one a document, higher is nearer
     * @param relevance one a document, 0 for what does not belong
     * @param k how many are looked at, 1 or more
     * @throws io.graft.engine.metrics.MetricInputException for other lengths, values that are not finite or below 0, or no
     *     relevant document
     */
    public static RankingScore of(double[] scores, double[] relevance, int k) {
        new InputCheck()
                .parallel("scores", scores.length, "relevance", relevance.length)
                .finite("scores", scores)
                .finite("relevance", relevance)
                .require(k > 0, "k", "is " + k, "take 1 or more, usually 10")
                .require(
                        Arrays.stream(relevance).allMatch(r -> r >= 0)
                                && Arrays.stream(relevance).anyMatch(r -> r > 0),
                        "relevance",
                        "has no value above 0, or one below",
                        "leave queries out to which nothing belongs")
                .done();
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparingDouble(i -> relevance[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranked = Arrays.stream(order).mapToDouble(i -> relevance[i]).toArray();
        double[] ideal =
                Arrays.stream(relevance).map(r -> -r).sorted().map(r -> -r).toArray();
        long relevant = Arrays.stream(relevance).filter(r -> r > 0).count();
        long found = Arrays.stream(ranked).limit(k).filter(r -> r > 0).count();
        int first = 0;
        while (ranked[first] == 0) {
            first++;
        }
        return new RankingScore((double) found / relevant, gain(ranked, k) / gain(ideal, k), 1.0 / (first + 1));
    }

    private static double gain(double[] relevance, int k) {
        double gain = 0;
        for (int i = 0; i < Math.min(k, relevance.length); i++) {
            gain += relevance[i] * Math.log(2) / Math.log(i + 2);
        }
        return gain;
    }
}
