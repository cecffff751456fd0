package io.graft.engine.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
    /** Six classes of two samples; the target votes twice for class 4 and once for 2. */
    private static final SourceSamples SOURCE =
            SourceSamples.labelled(6, new int[] {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5});

    private static final HeldRows LOGITS =
            HeldRows.of(new float[] {0, 1, 0, 3, 9, 0}, new float[] {0, 0, 0, 2, 9, 1}, new float[] {0, 1, 9, 0, 0, 0});

    private static Pruning prune(int keep, TieBreak ties, long seed) {
        PruningInputs inputs = new PruningInputs(SOURCE, TargetSplit.ofFirst(3), Map.of(RowsOf.TARGET_LOGITS, LOGITS));
        return PruningMethod.choose("label_mapping", Map.of())
                .prune(inputs, new PruneOrder(new Budget.KeepClasses(keep), ties, seed));
    }

    @Test
    void mostVotedClassesStayWithTheirSamples() {
        Pruning pruning = prune(2, TieBreak.CLASS_ID, 0);

        assertThat(pruning.keptClasses()).containsExactly(2, 4);
        assertThat(pruning.droppedClasses()).containsExactly(0, 1, 3, 5);
        assertThat(pruning.kept().indices()).containsExactly(4, 5, 8, 9);
        assertThat(pruning.kept().expectedSpeedUp()).isEqualTo(3);
    }

    @Test
    void tiesGoToTheLowerNumberOrToTheLikelierClass() {
        assertThat(prune(3, TieBreak.CLASS_ID, 0).keptClasses()).containsExactly(0, 2, 4);
        assertThat(prune(3, TieBreak.SOFT_PROB, 0).keptClasses()).containsExactly(2, 3, 4);
    }

    @Test
    void tiesGoByChanceButTheSameWayForASeed() {
        assertThat(prune(3, TieBreak.RANDOM, 7).keptClasses())
                .isEqualTo(prune(3, TieBreak.RANDOM, 7).keptClasses())
                .contains(2, 4);
        assertThat(IntStream.range(0, 50)
                        .mapToObj(seed -> prune(3, TieBreak.RANDOM, seed).keptClasses())
                        .distinct())
                .hasSize(4);
    }

    @Test
    void classesThatNobodyVotedForAreReported() {
        ClassRanking ranking =
                Objects.requireNonNull(prune(3, TieBreak.CLASS_ID, 0).ranking());

        assertThat(ranking.withoutVotes()).containsExactly(0, 1, 3, 5);
        assertThat(ranking.keptWithoutVotes()).isEqualTo(1);
        assertThat(ranking.coverage()).isEqualTo(1);
        assertThat(ranking.coverageEntropy())
                .isCloseTo(-(2 / 3.0) * Math.log(2 / 3.0) - (1 / 3.0) * Math.log(1 / 3.0), within(1e-12));
        assertThat(Objects.requireNonNull(prune(1, TieBreak.CLASS_ID, 0).ranking())
                        .coverage())
                .isEqualTo(2 / 3.0);
    }

    @Test
    void aRatioNeverPrunesMoreThanAsked() {
        assertThat(new Budget.Ratio(0.6).keptOf(60)).isEqualTo(24);
        assertThat(new Budget.Ratio(0.5).keptOf(5)).isEqualTo(3);
        assertThat(new Budget.Ratio(0.29).keptOf(100)).isEqualTo(71);
        assertThat(new Budget.Ratio(0).keptOf(7)).isEqualTo(7);
        assertThat(new Budget.Ratio(0.99).keptOf(3)).isEqualTo(1);
    }

    @Test
    void featureTiesFollowDistance() {
        SourceSamples source = SourceSamples.labelled(3, new int[] {0, 1, 2});
        PruningInputs inputs = new PruningInputs(
                source,
                TargetSplit.ofFirst(1),
                Map.of(
                        RowsOf.SOURCE_FEATURES,
                        HeldRows.of(new float[] {9, 9}, new float[] {0, 0}, new float[] {2, 2}),
                        RowsOf.TARGET_FEATURES,
                        HeldRows.of(new float[] {0, 0.5f})));

        Pruning pruning = PruningMethod.choose("feature_mapping", Map.of("prototypes", "label_means"))
                .prune(inputs, new PruneOrder(new Budget.KeepClasses(2), TieBreak.SOFT_PROB, 0));

        assertThat(pruning.keptClasses()).containsExactly(1, 2);
    }
}
