package io.graft.engine.metrics.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.metrics.MetricInputException;
import io.graft.engine.metrics.Vectors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ComparisonVectorsTest {
    private final JsonNode cases = Vectors.cases("misc");
    private final ExampleScores a = ExampleScores.of(Vectors.doubles(cases.get("paired a")));
    private final ExampleScores b = ExampleScores.of(Vectors.doubles(cases.get("paired b")));

    @Test
    void aSampleIsScoredAnewInEachResample() {
        CorpusScores medians = CorpusScores.ofSample(
                new double[][] {{3}, {1}, {2}, {9}, {4}},
                rows -> Arrays.stream(rows).mapToDouble(row -> row[0]).sorted().toArray()[rows.length / 2],
                9);

        assertThat(medians.value()).isEqualTo(3);
        assertThat(medians.value(new int[] {3, 3, 0})).isEqualTo(9);
        assertThat(medians.only(new int[] {1, 2, 4}).value()).isEqualTo(2);
        assertThat(Bootstrap.of(medians, 500, 1).percentile(0.9)).satisfies(interval -> {
            assertThat(interval.low()).isBetween(1.0, 2.0);
            assertThat(interval.high()).isBetween(4.0, 9.0);
        });
    }

    @Test
    void exactMcNemar() {
        McNemar test = McNemar.of(a, b);
        assertThat(new int[] {test.onlyCandidate(), test.onlyBaseline()})
                .containsExactly(Vectors.ints(cases.get("n10,n01")));
        assertThat(test.p()).isCloseTo(cases.get("exact McNemar two-sided p").asDouble(), within(1e-5));
        assertThat(test.pCandidateBetter()).isCloseTo(test.p() / 2, within(1e-12));
        assertThat(McNemar.of(0, 0).p()).isEqualTo(1);
    }

    @Test
    void pairedBootstrap() {
        Bootstrap bootstrap = Bootstrap.paired(a, b, 10_000, 7);
        assertThat(bootstrap.estimate()).isCloseTo(cases.get("mean diff").asDouble(), within(1e-12));
        double[] expected = Vectors.doubles(cases.get("bootstrap 95% CI approx (tolerance 0.02: RNG-dependent)"));
        Interval interval = bootstrap.percentile(0.95);
        assertThat(interval.low()).isCloseTo(expected[0], within(0.02));
        assertThat(interval.high()).isCloseTo(expected[1], within(0.02));
        assertThat(bootstrap.pNotAbove(0))
                .isCloseTo(cases.get("one-sided bootstrap p approx (tol .01)").asDouble(), within(0.01));
    }

    @Test
    void sameSeedSameNumbers() {
        assertThat(Bootstrap.paired(a, b, 500, 3).percentile(0.9))
                .isEqualTo(Bootstrap.paired(a, b, 500, 3).percentile(0.9));
    }

    @Test
    void agreementOnFewExamplesProvesLittle() {
        Comparison same = Comparison.of(
                ExampleScores.ofCorrectness(true, true, false, true),
                ExampleScores.ofCorrectness(true, true, false, true),
                100,
                0);
        assertThat(same.estimate()).isZero();
        assertThat(same.lower(0.05)).isLessThan(-0.3);
        Comparison equal = Comparison.of(ExampleScores.of(0.5, 0.25, 0.75), ExampleScores.of(0.5, 0.25, 0.75), 100, 0);
        assertThat(equal.lower(0.05)).isLessThan(-0.3);
    }

    @Test
    void corpusMetricIsComputedAnewForEachResample() {
        double[][] statistics = {{1, 10}, {2, 10}, {0, 1}, {9, 9}};
        CorpusScores scores = CorpusScores.of(statistics, sums -> sums[0] / sums[1], 1);
        assertThat(scores.value()).isEqualTo(12.0 / 30);
        assertThat(scores.value(new int[] {3, 3, 2})).isEqualTo(18.0 / 19);
        Bootstrap bootstrap = Bootstrap.of(scores, 2000, 1);
        assertThat(bootstrap.percentile(0.9).low()).isBetween(0.0, 0.2);
        assertThat(bootstrap.percentile(0.9).high()).isBetween(0.6, 1.0);
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> Bootstrap.paired(a, ExampleScores.of(1, 0), 1000, 0))
                .isInstanceOf(MetricInputException.class)
                .hasMessageContaining("baseline has 2 entries, but candidate has 50");
        assertThatThrownBy(() -> Bootstrap.paired(a, b, 10, 0)).hasMessageContaining("resamples is 10");
        assertThatThrownBy(() -> McNemar.of(ExampleScores.of(0.5), ExampleScores.of(1)))
                .hasMessageContaining("candidate has scores between");
        assertThatThrownBy(() -> ExampleScores.of(1, Double.NaN)).hasMessageContaining("values[1] is NaN");
        assertThatThrownBy(ExampleScores::of).hasMessageContaining("is empty");
    }
}
