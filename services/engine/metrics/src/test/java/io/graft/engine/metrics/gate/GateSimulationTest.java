package io.graft.engine.metrics.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.metrics.comparison.CorpusScores;
import io.graft.engine.metrics.comparison.ExampleScores;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The error rates of the gate, on pairs drawn from a known truth. */
final class GateSimulationTest {
    private static final double ALPHA = 0.05;
    private static final int REPETITIONS = 2000;

    /** What a rate of alpha may look like in so many repetitions: 1.64 standard errors above. */
    private static final double ALLOWED = ALPHA + 1.64 * Math.sqrt(ALPHA * (1 - ALPHA) / REPETITIONS);

    @ParameterizedTest(name = "{0} examples, {1} solved by one alone")
    @CsvSource({"10, 0.3", "20, 0.1", "20, 0.3", "100, 0.02", "100, 0.1", "100, 0.3", "500, 0.1", "500, 0.01"})
    void noGainPassesWithAlphaAtMost(int n, double discordant) {
        double half = discordant / 2;
        passesWithAlphaAtMost(new Simulation(GateRule.anyGain("score"), REPETITIONS, 100)
                .run(random -> Simulation.question(Simulation.binary(random, n, half, half, 0.6))));
    }

    @ParameterizedTest(name = "{0} examples, margin {1}, {2} gained")
    @CsvSource({
        "30, 0.05, 0.02",
        "100, 0.02, 0.0",
        "100, 0.02, 0.04",
        "100, 0.1, 0.0",
        "300, 0.02, 0.04",
        "1000, 0.02, 0.01",
        "1000, 0.01, 0.0"
    })
    void lossOfTheMarginPassesWithAlphaAtMost(int n, double margin, double gained) {
        passesWithAlphaAtMost(new Simulation(GateRule.noWorse("score", margin), REPETITIONS, 100)
                .run(random -> Simulation.question(Simulation.binary(random, n, gained, gained + margin, 0.8))));
    }

    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {10, 30, 100})
    void gradedScoresWithoutGain(int n) {
        passesWithAlphaAtMost(
                new Simulation(GateRule.anyGain("score"), REPETITIONS, 100).run(random -> graded(random, n, 0)));
    }

    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {30, 100, 400})
    void rareTotalLosses(int n) {
        passesWithAlphaAtMost(
                new Simulation(GateRule.noWorse("score", 0.02), REPETITIONS, 100).run(random -> rare(random, n)));
    }

    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {30, 100})
    void corpusLevelErrorRate(int n) {
        passesWithAlphaAtMost(
                new Simulation(GateRule.anyGain("score"), REPETITIONS, 500).run(random -> corpus(random, n)));
    }

    @Test
    void ownValue() {
        GateRule rule = new GateRule("score", 0.8, null, ALPHA, null, List.of());
        for (int n : new int[] {20, 200}) {
            passesWithAlphaAtMost(new Simulation(rule, REPETITIONS, 100)
                    .run(random -> Simulation.question(Simulation.binary(random, n, 0.1, 0.1, 0.7))));
        }
    }

    @Test
    void candidateThatLosesOnASubsetOrARetainedTaskPassesWithAlphaAtMost() {
        GateRule rule = new GateRule("score", null, 0.05, ALPHA, 0.0, List.of("part"));
        passesWithAlphaAtMost(new Simulation(rule, REPETITIONS, 100).run(random -> {
            Simulation.Draw better = Simulation.binary(random, 300, 0.2, 0, 0.7);
            Simulation.Draw worse = Simulation.binary(random, 300, 0.05, 0.1, 0.7);
            RunPair target = Simulation.pair("target", better, Direction.HIGHER_IS_BETTER);
            RunPair retained = Simulation.pair("retained", worse, Direction.HIGHER_IS_BETTER);
            Subset part = new Subset("part", IntStream.range(0, 100).boxed().toList());
            return new GateQuestion(target, List.of(part), List.of(retained));
        }));
    }

    @Test
    void candidateThatGainsOnAllButNotInASubsetPassesWithAlphaAtMost() {
        GateRule rule = new GateRule("score", null, null, ALPHA, 0.0, List.of("part"));
        Simulation simulation = new Simulation(rule, REPETITIONS, 100);
        passesWithAlphaAtMost(simulation.run(random -> inParts(random, 0.1)));
        assertThat(simulation.run(random -> inParts(random, 0)).pass())
                .as("gains in both parts")
                .isGreaterThan(0.9);
    }

    /** 300 examples with a gain of 0.2, of which the last 100 lose as many as given beside half of that gain. */
    private static GateQuestion inParts(SplittableRandom random, double lost) {
        Simulation.Draw first = Simulation.binary(random, 200, 0.2, 0, 0.7);
        Simulation.Draw last = Simulation.binary(random, 100, 0.1, lost, 0.7);
        List<Integer> part = IntStream.range(200, 300).boxed().toList();
        RunPair target = Simulation.pair("target", first.and(last), Direction.HIGHER_IS_BETTER);
        return new GateQuestion(target, List.of(new Subset("part", part)), List.of());
    }

    @Test
    void trueImprovementPassesAndRegressionFails() {
        Simulation simulation = new Simulation(GateRule.anyGain("score"), 500, 100);
        assertThat(simulation.run(random -> Simulation.question(Simulation.binary(random, 400, 0.15, 0.05, 0.6))))
                .satisfies(rates -> assertThat(rates.pass()).isGreaterThan(0.95))
                .satisfies(rates -> assertThat(rates.fail()).isZero());
        assertThat(simulation.run(random -> Simulation.question(Simulation.binary(random, 400, 0.05, 0.15, 0.6))))
                .satisfies(rates -> assertThat(rates.fail()).isGreaterThan(0.95))
                .satisfies(rates -> assertThat(rates.pass()).isZero());
    }

    @Test
    void littleDataIsInconclusive() {
        Simulation simulation = new Simulation(GateRule.anyGain("score"), 500, 100);
        assertThat(simulation.run(random -> Simulation.question(Simulation.binary(random, 12, 0.15, 0.05, 0.6))))
                .satisfies(rates -> assertThat(rates.inconclusive()).isGreaterThan(0.95));
        assertThat(new Simulation(GateRule.noWorse("score", 0.02), 500, 100)
                        .run(random -> Simulation.question(Simulation.binary(random, 50, 0, 0, 0.8))))
                .isEqualTo(new Simulation.Rates(0, 0, 1));
    }

    private static GateQuestion graded(SplittableRandom random, int n, double gain) {
        double[] a = new double[n];
        double[] b = new double[n];
        for (int i = 0; i < n; i++) {
            double ease = random.nextDouble();
            a[i] = Math.clamp(ease * ease + gain + 0.3 * (random.nextDouble() - 0.5), 0, 1);
            b[i] = Math.clamp(ease * ease + 0.3 * (random.nextDouble() - 0.5), 0, 1);
        }
        return Simulation.question(new Simulation.Draw(ExampleScores.of(a), ExampleScores.of(b)));
    }

    private static GateQuestion rare(SplittableRandom random, int n) {
        double[] a = new double[n];
        double[] b = new double[n];
        for (int i = 0; i < n; i++) {
            b[i] = 0.5 + 0.5 * random.nextDouble();
            a[i] = random.nextDouble() < 0.02 / 0.75 ? 0 : b[i];
        }
        return Simulation.question(new Simulation.Draw(ExampleScores.of(a), ExampleScores.of(b)));
    }

    private static GateQuestion corpus(SplittableRandom random, int n) {
        double[][] a = new double[n][];
        double[][] b = new double[n][];
        for (int i = 0; i < n; i++) {
            int words = 3 + random.nextInt(20);
            a[i] = new double[] {errors(random, words), words};
            b[i] = new double[] {errors(random, words), words};
        }
        Simulation.Draw draw =
                new Simulation.Draw(CorpusScores.of(a, s -> s[0] / s[1], 1), CorpusScores.of(b, s -> s[0] / s[1], 1));
        return GateQuestion.of(Simulation.pair("target", draw, Direction.LOWER_IS_BETTER));
    }

    private static double errors(SplittableRandom random, int words) {
        return IntStream.range(0, words).filter(w -> random.nextDouble() < 0.2).count();
    }

    private static void passesWithAlphaAtMost(Simulation.Rates rates) {
        assertThat(rates.pass()).isLessThanOrEqualTo(ALLOWED);
    }
}
