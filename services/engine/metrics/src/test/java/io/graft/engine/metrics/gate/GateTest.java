package io.graft.engine.metrics.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.graft.engine.metrics.MetricInputException;
import io.graft.engine.metrics.comparison.ExampleScores;
import io.graft.engine.metrics.comparison.McNemar;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GateTest {
    /** Of 200 examples the candidate solves 40 more and loses 10, all in the second half. */
    private final double[] candidate = solved(0, 130);

    private final double[] baseline = solved(0, 90);

    GateTest() {
        Arrays.fill(candidate, 190, 200, 0);
        Arrays.fill(baseline, 190, 200, 1);
    }

    @Test
    void improvementPassesWithItsEvidence() {
        GateVerdict verdict = Gate.DEFAULT.decide(GateRule.anyGain("accuracy"), question());
        assertThat(verdict).isInstanceOf(GateVerdict.Pass.class);
        assertThat(verdict.name()).isEqualTo("PASS");
        Effect target = verdict.evidence().target();
        assertThat(target.candidate()).isEqualTo(0.65);
        assertThat(target.baseline()).isEqualTo(0.5);
        assertThat(target.gain()).isCloseTo(0.15, within(1e-12));
        assertThat(target.examples()).isEqualTo(200);
        assertThat(target.interval().level()).isCloseTo(0.9, within(1e-12));
        assertThat(target.interval().low()).isBetween(0.05, 0.12);
        assertThat(target.interval().high()).isBetween(0.18, 0.25);
        assertThat(target.bootstrapInterval().low()).isCloseTo(target.interval().low(), within(0.03));
        McNemar test = Objects.requireNonNull(target.mcNemar());
        assertThat(test.onlyCandidate()).isEqualTo(40);
        assertThat(test.onlyBaseline()).isEqualTo(10);
        assertThat(test.p()).isLessThan(0.001);
        assertThat(verdict.reason()).contains("min_effect on target holds");
    }

    @Test
    void regressionFails() {
        RunPair swapped = new RunPair("target", run("old", baseline), run("new", candidate));
        GateVerdict verdict = Gate.DEFAULT.decide(GateRule.noWorse("accuracy", 0.01), GateQuestion.of(swapped));
        assertThat(verdict).isInstanceOf(GateVerdict.Fail.class);
        assertThat(verdict.reason()).contains("max_regression on target is broken");
    }

    @Test
    void lossInARequiredSubsetFailsDespiteTheGain() {
        List<Integer> part = IntStream.range(180, 200).boxed().toList();
        GateQuestion question = new GateQuestion(question().target(), List.of(new Subset("last", part)), List.of());
        GateRule asked = new GateRule("accuracy", 0.5, 0.05, 0.05, 0.0, List.of("last"));
        GateVerdict verdict = Gate.DEFAULT.decide(asked, question);
        assertThat(verdict).isInstanceOf(GateVerdict.Fail.class);
        assertThat(verdict.evidence().subsets().getFirst().gain()).isCloseTo(-0.5, within(1e-12));
        assertThat(verdict.reason())
                .contains("max_regression on last", "min_abs on last", "min_effect on last is broken")
                .doesNotContain("on target");
        assertThat(verdict.evidence().findings())
                .filteredOn(finding -> finding.task().equals("last"))
                .extracting(Finding::examples)
                .containsExactly(20, 20, 20);
        GateRule silent = new GateRule("accuracy", 0.5, 0.05, 0.05, 0.0, List.of());
        assertThat(Gate.DEFAULT.decide(silent, question)).isInstanceOf(GateVerdict.Pass.class);
    }

    @Test
    void aSubsetWithTooFewExamplesDecidesNothing() {
        GateQuestion question =
                new GateQuestion(question().target(), List.of(new Subset("few", List.of(100, 101))), List.of());
        GateVerdict verdict =
                Gate.DEFAULT.decide(new GateRule("accuracy", null, null, 0.05, 0.0, List.of("few")), question);
        assertThat(verdict).isInstanceOf(GateVerdict.Inconclusive.class);
        assertThat(verdict.reason())
                .contains("min_effect on few is not decided")
                .doesNotContain("on target");
    }

    @Test
    void forgettingStandsBesideTheGain() {
        RunPair retained = new RunPair("trivia", run("new", baseline), run("old", candidate));
        GateQuestion question = new GateQuestion(question().target(), List.of(), List.of(retained));
        GateVerdict reported = Gate.DEFAULT.decide(GateRule.anyGain("accuracy"), question);
        assertThat(reported).isInstanceOf(GateVerdict.Pass.class);
        assertThat(reported.evidence().forgetting())
                .singleElement()
                .satisfies(effect -> assertThat(effect.gain()).isCloseTo(-0.15, within(1e-12)))
                .satisfies(effect -> assertThat(effect.task()).isEqualTo("trivia"));
        GateRule limited = new GateRule("accuracy", null, 0.05, 0.05, 0.0, List.of());
        assertThat(Gate.DEFAULT.decide(limited, question).reason()).contains("max_regression on trivia is broken");
    }

    @Test
    void lessIsBetterTurnsTheSign() {
        EvaluationRun better = run("new", ExampleScores.of(loss(0.5)), Direction.LOWER_IS_BETTER);
        EvaluationRun worse = run("old", ExampleScores.of(loss(0.9)), Direction.LOWER_IS_BETTER);
        GateRule rule = new GateRule("accuracy", 1.5, null, 0.05, 0.2, List.of());
        GateVerdict verdict = Gate.DEFAULT.decide(rule, GateQuestion.of(new RunPair("target", better, worse)));
        assertThat(verdict).isInstanceOf(GateVerdict.Pass.class);
        assertThat(verdict.evidence().target().gain()).isCloseTo(0.4, within(1e-3));
        assertThat(verdict.evidence().target().bootstrapP()).isLessThan(0.01);
        assertThat(Gate.DEFAULT.decide(rule, GateQuestion.of(new RunPair("target", worse, better))))
                .isInstanceOf(GateVerdict.Fail.class);
    }

    @Test
    void inconclusiveTellsHowManyExamplesWouldDo() {
        GateVerdict verdict = Gate.DEFAULT.decide(
                GateRule.anyGain("accuracy"),
                GateQuestion.of(new RunPair("target", run("new", 1, 1, 0, 1, 1, 0), run("old", 1, 0, 1, 1, 0, 0))));
        assertThat(verdict).isInstanceOf(GateVerdict.Inconclusive.class);
        assertThat(verdict.evidence().findings().getFirst().examplesNeeded()).isBetween(20L, 500L);
        assertThat(verdict.reason()).contains("is not decided; about");
    }

    @Test
    void summaryIsPlainJson() {
        RunPair retained = new RunPair("trivia", run("new", 1), run("old", 0));
        GateQuestion question =
                new GateQuestion(question().target(), List.of(new Subset("part", List.of(1, 95))), List.of(retained));
        JsonNode summary = new ObjectMapper()
                .valueToTree(GateSummary.of(Gate.DEFAULT.decide(GateRule.anyGain("accuracy"), question)));
        assertThat(summary.at("/verdict").asText()).isEqualTo("PASS");
        assertThat(summary.at("/target/gain").asDouble()).isCloseTo(0.15, within(1e-12));
        assertThat(summary.at("/target/interval/low").asDouble()).isPositive();
        assertThat(summary.at("/target/lost_examples").asInt()).isEqualTo(10);
        assertThat(summary.at("/findings/0/state").asText()).isEqualTo("HOLDS");
        assertThat(summary.at("/subsets/0/examples").asInt()).isEqualTo(2);
        assertThat(summary.at("/forgetting/0/task").asText()).isEqualTo("trivia");
        assertThat(summary.toString()).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void refusals() {
        EvaluationRun run = run("new", candidate);
        EvaluationRun otherData = new EvaluationRun("old", "accuracy", run.direction(), "sha256:2", "1", run.scores());
        assertThatThrownBy(() -> new RunPair("target", run, otherData))
                .isInstanceOf(DifferentDataException.class)
                .hasMessageContaining("sha256:2. Evaluate both on the same version of the data set");
        EvaluationRun otherCode = new EvaluationRun("old", "accuracy", run.direction(), "sha256:1", "2", run.scores());
        assertThatThrownBy(() -> new RunPair("target", run, otherCode))
                .isInstanceOf(DifferentEvaluatorException.class)
                .hasMessageContaining("Evaluate the older one again");
        assertThatThrownBy(() -> new RunPair("target", run, run("old", 1, 0)))
                .isInstanceOf(DifferentSizeException.class)
                .hasMessageContaining("new has 200 scores, old has 2");
        EvaluationRun otherMetric = new EvaluationRun("old", "f1", run.direction(), "sha256:1", "1", run.scores());
        assertThatThrownBy(() -> new RunPair("target", run, otherMetric))
                .isInstanceOf(MetricInputException.class)
                .hasMessageContaining("baseline.metric is f1, the candidate's is accuracy");
        GateRule rule = new GateRule("f1", null, 0.1, 0.05, null, List.of("missing"));
        assertThatThrownBy(() -> Gate.DEFAULT.decide(rule, question()))
                .hasMessageContaining("metric is f1, but the runs measure accuracy")
                .hasMessageContaining("subsets.missing is not among");
    }

    @Test
    void rulesWithoutSense() {
        assertThatThrownBy(() -> new GateRule(" ", Double.NaN, -1.0, 0.5, -0.1, List.of()))
                .isInstanceOf(MetricInputException.class)
                .hasMessageContaining("metric is blank")
                .hasMessageContaining("min_abs is NaN")
                .hasMessageContaining("max_regression is -1.0")
                .hasMessageContaining("alpha is 0.5")
                .hasMessageContaining("min_effect is -0.1");
        assertThatThrownBy(() -> new GateRule("f1", null, null, 0.05, null, List.of("a")))
                .hasMessageContaining("are all absent");
    }

    @Test
    void subsetsWithoutSense() {
        RunPair target = question().target();
        List<Subset> subsets = List.of(
                new Subset("none", List.of()), new Subset("far", List.of(200)), new Subset("twice", List.of(1, 1)));
        assertThatThrownBy(() -> new GateQuestion(target, subsets, List.of()))
                .hasMessageContaining("subsets.none has no examples")
                .hasMessageContaining("subsets.far names an example beyond the 200")
                .hasMessageContaining("subsets.twice names an example twice");
    }

    private GateQuestion question() {
        return GateQuestion.of(new RunPair("target", run("new", candidate), run("old", baseline)));
    }

    private static EvaluationRun run(String model, double... scores) {
        return run(model, ExampleScores.of(scores), Direction.HIGHER_IS_BETTER);
    }

    private static EvaluationRun run(String model, ExampleScores scores, Direction direction) {
        return new EvaluationRun(model, "accuracy", direction, "sha256:1", "1", scores);
    }

    private static double[] solved(int from, int to) {
        double[] scores = new double[200];
        Arrays.fill(scores, from, to, 1);
        return scores;
    }

    private static double[] loss(double mean) {
        return IntStream.range(0, 100)
                .mapToDouble(i -> mean + 0.05 * Math.sin(i / mean))
                .toArray();
    }
}
