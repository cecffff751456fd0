package io.graft.engine.metrics.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.graft.engine.metrics.MetricInputException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RobustnessTest {
    /** The more the first value, the more class 1. */
    private static final Scorer BY_FIRST = input -> new float[] {1 - input[0], input[0]};

    @Test
    void queriesAreCountedFromTheFirstPopulationOn() {
        AtomicInteger asked = new AtomicInteger();
        Scorer stubborn = input -> {
            asked.incrementAndGet();
            return new float[] {0.9F, 0.1F};
        };
        AttackBudget budget = new AttackBudget(0.1, 37, 10, 0.5, 2);
        for (Attack attack : List.of(new MicrobialGeneticAttack(budget), new RandomAttack(budget))) {
            asked.set(0);
            AttackResult result = attack.run(stubborn, new float[] {0.5F, 0.5F}, 0, List.of(), 1);
            assertThat(result.success()).isFalse();
            assertThat(result.queries()).isEqualTo(37).isEqualTo(asked.get());
            assertThat(result.margin()).isCloseTo(0.8, within(1e-6));
        }
    }

    @Test
    void attackStopsAtTheFirstSuccess() {
        AttackBudget budget = new AttackBudget(0.2, 100, 10, 0.5, 2);
        byte[] wrongWay = {-1, 0};
        byte[] rightWay = {1, 0};
        AttackResult result = new MicrobialGeneticAttack(budget)
                .run(BY_FIRST, new float[] {0.4F, 0.5F}, 0, List.of(wrongWay, rightWay), 1);
        assertThat(result.success()).isTrue();
        assertThat(result.queries()).isEqualTo(2);
        assertThat(result.found()[0]).isCloseTo(0.6F, within(1e-6F));
        assertThat(result.largestChange()).isCloseTo(0.2, within(1e-6));
        assertThat(result.euclideanChange()).isCloseTo(0.2, within(1e-6));
    }

    @Test
    void changesStayInRange() {
        AttackBudget budget = new AttackBudget(0.5, 50, 10, 0.5, 2);
        AttackResult result =
                new RandomAttack(budget).run(input -> new float[] {1, 0}, new float[] {0.9F, 0.1F}, 0, List.of(), 3);
        assertThat(result.found()).satisfies(found -> {
            for (float value : found) {
                assertThat(value).isBetween(0F, 1F);
            }
        });
    }

    @Test
    void inputsThatAreWrongAlreadyAreNotAttacked() {
        AttackBudget budget = new AttackBudget(0.05, 20, 5, 0.5, 2);
        List<float[]> inputs = List.of(new float[] {0.9F}, new float[] {0.48F}, new float[] {0.1F});
        RobustnessScore score = RobustnessScore.of(
                BY_FIRST, new MicrobialGeneticAttack(budget), budget, inputs, new int[] {0, 0, 0}, List.of(), 5);
        assertThat(score.examples()).isEqualTo(3);
        assertThat(score.attacked()).isEqualTo(2);
        assertThat(score.successRate()).isEqualTo(0.5);
        assertThat(score.meanQueries()).isBetween(10.0, 20.0);
        assertThat(score.medianQueries()).isEqualTo(score.meanQueries());
        assertThat(RobustnessScore.transferRate(BY_FIRST, score.results(), new int[] {0, 0}))
                .isEqualTo(1);
        assertThat(RobustnessScore.transferRate(i -> new float[] {1, 0}, score.results(), new int[] {0, 0}))
                .isZero();
    }

    @Test
    void shareFooledRisesWithTheQueries() {
        AttackBudget budget = new AttackBudget(0.1, 50, 5, 0.5, 2);
        List<AttackResult> results = List.of(
                new AttackResult(true, 3, -0.1, new float[1], 0.1, 0.1),
                new AttackResult(true, 20, -0.2, new float[1], 0.1, 0.1),
                new AttackResult(false, 50, 0.4, new float[1], 0.1, 0.1),
                new AttackResult(false, 50, 0.2, new float[1], 0.1, 0.1));
        RobustnessScore score = RobustnessScore.of(6, results, budget);
        assertThat(score.examples()).isEqualTo(6);
        assertThat(score.attacked()).isEqualTo(4);
        assertThat(score.successRateWithin(2)).isZero();
        assertThat(score.successRateWithin(3)).isEqualTo(0.25);
        assertThat(score.successRateWithin(50)).isEqualTo(0.5).isEqualTo(score.successRate());
        assertThat(score.medianQueries()).isEqualTo(35);
        assertThat(RobustnessScore.of(6, List.of(), budget).successRateWithin(50))
                .isNaN();
    }

    @Test
    void sameSeedSameAttack() {
        MicrobialGeneticAttack attack = new MicrobialGeneticAttack(new AttackBudget(0.02, 30, 5, 0.5, 2));
        float[] input = {0.45F, 0.2F, 0.7F};
        assertThat(attack.run(BY_FIRST, input, 0, List.of(), 8).found())
                .containsExactly(attack.run(BY_FIRST, input, 0, List.of(), 8).found());
    }

    @Test
    void similarityOfAttributions() {
        double[] first = {0.9, 0.8, 0.1, 0, 0};
        assertThat(AttributionSimilarity.of(first, first, 0.4)).isEqualTo(new AttributionSimilarity(1, 0));
        AttributionSimilarity other = AttributionSimilarity.of(first, new double[] {0.9, 0, 0.1, 0, 0.8}, 0.4);
        assertThat(other.intersectionOverUnion()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(other.l1()).isCloseTo(2 * 0.8 / 0.9 / 5, within(1e-12));
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> new AttackBudget(0, 3, 5, 2, -1))
                .isInstanceOf(MetricInputException.class)
                .hasMessageContaining("eps is 0.0")
                .hasMessageContaining("budget is 3 queries, fewer than the population of 5")
                .hasMessageContaining("crossover is 2.0")
                .hasMessageContaining("mutation is -1.0");
        RandomAttack attack = new RandomAttack(AttackBudget.USUAL);
        assertThatThrownBy(() -> attack.run(BY_FIRST, new float[] {2, Float.NaN}, 0, List.of(new byte[1]), 0))
                .hasMessageContaining("input[0] is 2.0")
                .hasMessageContaining("input[1] is NaN")
                .hasMessageContaining("first[0] has 1 genes for 2 values");
        assertThatThrownBy(() -> attack.run(BY_FIRST, new float[] {0}, 2, List.of(), 0))
                .hasMessageContaining("label is 2 of 2 classes");
    }
}
