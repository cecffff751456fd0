package io.graft.engine.metrics.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.metrics.digits.Digits;
import io.graft.engine.metrics.digits.TinyNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The genetic attack against random search, on networks that read digits, over three seeds. */
final class RobustnessAcceptanceTest {
    private static final AttackBudget BUDGET = AttackBudget.USUAL.withEpsilon(0.13);
    private static final int ATTACKED = 30;

    private final List<RobustnessScore> random = new ArrayList<>();
    private final List<RobustnessScore> genetic = new ArrayList<>();
    private final List<RobustnessScore> started = new ArrayList<>();

    @Test
    void geneticAttackBeatsRandomSearchAndASurrogateSpeedsItUp() {
        for (int seed = 0; seed < 3; seed++) {
            attack(seed);
        }
        for (int seed = 0; seed < 3; seed++) {
            assertThat(genetic.get(seed).successRate())
                    .isGreaterThanOrEqualTo(random.get(seed).successRate() + 0.2);
            assertThat(genetic.get(seed).meanQueries())
                    .isLessThanOrEqualTo(0.7 * random.get(seed).meanQueries());
        }
        assertThat(queries(started)).isLessThanOrEqualTo(queries(genetic));
    }

    private void attack(int seed) {
        Digits all = Digits.shuffled(seed);
        Digits training = all.part(0, 1400);
        TinyNetwork network =
                new TinyNetwork(seed, 64, 64, 10).train(training, UnaryOperator.identity(), 600, 3e-3, seed);
        TinyNetwork other = new TinyNetwork(seed + 100L, 64, 48, 10)
                .train(training, UnaryOperator.identity(), 600, 3e-3, seed + 100L);
        Digits test = all.part(1400, all.size());
        assertThat(network.accuracy(test)).isGreaterThan(0.94);
        int[] right = IntStream.range(0, test.size())
                .filter(i -> Target.margin(network.probabilities(test.images().get(i)), test.labels()[i]) > 0)
                .limit(ATTACKED)
                .toArray();
        List<float[]> inputs = IntStream.of(right).mapToObj(test.images()::get).toList();
        int[] labels = IntStream.of(right).map(i -> test.labels()[i]).toArray();
        Surrogate surrogate = other::inputGradient;
        List<List<byte[]>> first = IntStream.range(0, right.length)
                .mapToObj(i -> surrogate.directions(inputs.get(i), labels[i], BUDGET.epsilon()))
                .toList();
        Scorer scorer = network::probabilities;
        random.add(RobustnessScore.of(scorer, new RandomAttack(BUDGET), BUDGET, inputs, labels, List.of(), seed));
        MicrobialGeneticAttack attack = new MicrobialGeneticAttack(BUDGET);
        genetic.add(RobustnessScore.of(scorer, attack, BUDGET, inputs, labels, List.of(), seed));
        started.add(RobustnessScore.of(scorer, attack, BUDGET, inputs, labels, first, seed));
        assertThat(genetic.getLast().attacked()).isEqualTo(ATTACKED);
        assertThat(genetic.getLast().results())
                .allSatisfy(r -> assertThat(r.queries()).isLessThanOrEqualTo(BUDGET.queries()))
                .allSatisfy(r -> assertThat(r.largestChange()).isLessThanOrEqualTo(BUDGET.epsilon() + 1e-6));
    }

    private static double queries(List<RobustnessScore> scores) {
        return scores.stream()
                .mapToDouble(RobustnessScore::meanQueries)
                .average()
                .orElseThrow();
    }
}
