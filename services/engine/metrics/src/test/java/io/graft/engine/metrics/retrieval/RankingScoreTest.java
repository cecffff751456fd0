package io.graft.engine.metrics.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.graft.engine.metrics.MetricInputException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class RankingScoreTest {
    private static final Offset<Double> CLOSE = within(1e-12);

    @Test
    void isWhatComesOutByHand() {
        double[] scores = {0.1, 0.9, 0.5, 0.7, 0.3};
        double[] relevance = {1, 0, 2, 0, 0};

        RankingScore score = RankingScore.of(scores, relevance, 3);

        assertThat(score.recall()).as("of two documents the one at rank 3").isEqualTo(0.5);
        assertThat(score.ndcg())
                .as("2 / log2(4) over 2 / log2(2) + 1 / log2(3)")
                .isCloseTo(1.0 / (2 + Math.log(2) / Math.log(3)), CLOSE);
        assertThat(score.reciprocalRank()).isCloseTo(1.0 / 3, CLOSE);
        assertThat(RankingScore.of(scores, relevance, 2)).isEqualTo(new RankingScore(0, 0, 1.0 / 3));
        assertThat(RankingScore.of(scores, relevance, 99).recall()).isEqualTo(1);
    }

    /**
     * What {@code sklearn.metrics.ndcg_score([relevance], [scores], k=k)} of scikit-learn 1.9.1 says, and {@code
     * RelevanceEvaluator(qrel, {"ndcg_cut_3", "ndcg_cut_6", "recall_3", "recip_rank"}).evaluate(run)} of pytrec_eval-terrier
     * 0.5 too.
     */
    @Test
    void isWhatScikitLearnAndTrecEvalSay() {
        double[] relevance = {3, 2, 0, 1, 0, 2};
        double[] scores = {0.6, 0.9, 0.8, 0.1, 0.5, 0.4};

        RankingScore first = RankingScore.of(scores, relevance, 3);

        assertThat(first.ndcg()).isCloseTo(0.6651640917528849, within(1e-9));
        assertThat(first.recall()).isEqualTo(0.5);
        assertThat(first.reciprocalRank()).isEqualTo(1);
        assertThat(RankingScore.of(scores, relevance, 6).ndcg()).isCloseTo(0.8133304292734727, within(1e-9));
    }

    @Test
    void equalScoresEarnNothing() {
        assertThat(RankingScore.of(new double[4], new double[] {1, 0, 0, 0}, 3))
                .isEqualTo(new RankingScore(0, 0, 0.25));
    }

    @Test
    void theBestRankingIsPerfect() {
        assertThat(RankingScore.of(new double[] {0.2, 0.9, 0.5}, new double[] {0, 3, 1}, 2))
                .isEqualTo(new RankingScore(1, 1, 1));
    }

    @Test
    void refusesWhatCannotBeRanked() {
        assertThatThrownBy(() -> RankingScore.of(new double[] {1, Double.NaN}, new double[] {0, 0, 0}, 0))
                .isInstanceOf(MetricInputException.class)
                .hasMessageContaining("scores[1] is NaN")
                .hasMessageContaining("relevance has 3 entries")
                .hasMessageContaining("relevance has no value above 0")
                .hasMessageContaining("k is 0");
    }
}
