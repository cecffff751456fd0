package io.graft.engine.metrics.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.metrics.MetricInputException;
import io.graft.engine.metrics.Vectors;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class RepresentationTest {
    private static final Offset<Double> CLOSE = within(1e-5);

    private final JsonNode cases = Vectors.cases("misc");
    private final double[][] first = Vectors.matrix(cases.get("rep1"));
    private final double[][] second = Vectors.matrix(cases.get("rep2"));

    @Test
    void invarianceRatios() {
        int[] permutation = Vectors.ints(cases.get("shuffle perm"));
        assertThat(Invariance.of(first, second, InvarianceMetric.L2, permutation, 0)
                        .ratio())
                .isCloseTo(
                        cases.get("invariance ratio L2 = mean||r1-r2||/mean||r1-r1[perm]|| (lower=more invariant)")
                                .asDouble(),
                        CLOSE);
        Invariance cosine = Invariance.of(first, second, InvarianceMetric.COSINE, permutation, 0);
        assertThat(cosine.same())
                .isCloseTo(cases.get("invariance cos (mean row cosine)").asDouble(), CLOSE);
        assertThat(cosine.shuffled()).isCloseTo(cases.get("cos shuffled").asDouble(), CLOSE);
        double dots = 0;
        for (int i = 0; i < first.length; i++) {
            for (int j = 0; j < 4; j++) {
                dots += first[i][j] * second[i][j] / first.length;
            }
        }
        assertThat(Invariance.of(first, second, InvarianceMetric.DOT_PRODUCT, 1).same())
                .isCloseTo(dots, within(1e-12));
    }

    @Test
    void sameRepresentationsAreInvariant() {
        Invariance perfect = Invariance.of(first, first, InvarianceMetric.L2, 3);
        assertThat(perfect.ratio()).isZero();
        assertThat(perfect.interval().high()).isZero();
        Invariance some = Invariance.of(first, second, InvarianceMetric.L2, 3);
        assertThat(some.ratio())
                .isBetween(some.interval().low(), some.interval().high());
    }

    @Test
    void linearCka() {
        assertThat(LinearCka.of(first, second))
                .isCloseTo(cases.get("linear CKA").asDouble(), CLOSE);
        assertThat(LinearCka.of(first, first)).isCloseTo(1, CLOSE);
    }

    @Test
    void alignmentHasAnIntervalByTheJackknife() {
        double[][] other = Arrays.stream(first)
                .map(row -> Arrays.stream(row).map(v -> v + Math.sin(7 * v)).toArray())
                .toArray(double[][]::new);
        CkaInterval cka = CkaInterval.of(first, other);
        assertThat(cka.value()).isEqualTo(LinearCka.of(first, other));
        double[] without = IntStream.range(0, first.length)
                .mapToDouble(left -> LinearCka.of(without(first, left), without(other, left)))
                .toArray();
        double mean = Arrays.stream(without).average().orElseThrow();
        double squares =
                Arrays.stream(without).map(v -> (v - mean) * (v - mean)).sum();
        double margin = 1.959964 * Math.sqrt(squares * (first.length - 1) / first.length);
        assertThat(cka.interval().low()).isCloseTo(Math.max(0, cka.value() - margin), within(1e-9));
        assertThat(cka.interval().high()).isCloseTo(Math.min(1, cka.value() + margin), within(1e-9));
        assertThat(CkaInterval.of(first, first).interval().low()).isCloseTo(1, within(1e-9));
    }

    private static double[][] without(double[][] rows, int left) {
        return IntStream.range(0, rows.length)
                .filter(i -> i != left)
                .mapToObj(i -> rows[i])
                .toArray(double[][]::new);
    }

    @Test
    void refusals() {
        double[][] constant = new double[4][2];
        assertThatThrownBy(() -> Invariance.of(constant, constant, InvarianceMetric.L2, 0))
                .isInstanceOf(MetricInputException.class)
                .hasMessageContaining("same representation");
        assertThatThrownBy(() -> Invariance.of(new double[][] {{1}}, new double[][] {{1}}, InvarianceMetric.L2, 0))
                .hasMessageContaining("first has 1 inputs");
        assertThatThrownBy(() -> Invariance.of(first, new double[8][2], InvarianceMetric.L2, 0))
                .hasMessageContaining("second has 2 features, first has 4");
        assertThatThrownBy(() -> LinearCka.of(first, new double[8][2])).hasMessageContaining("same for every input");
        assertThatThrownBy(() -> new Neighbours(0, -1))
                .hasMessageContaining("k is 0")
                .hasMessageContaining("temperature is -1.0");
        assertThatThrownBy(() -> LinearProbe.fit(first, new int[8], 0))
                .hasMessageContaining("labels has one class")
                .hasMessageContaining("l2 is 0");
    }

    @Test
    void probeIsThatOfScikitLearn() {
        JsonNode probe = Vectors.cases("probe");
        double[][] features = Vectors.matrix(probe.get("features"));
        int[] labels = Vectors.ints(probe.get("labels"));
        LinearProbe fitted = LinearProbe.fit(features, labels, probe.get("l2").asDouble());
        double[][] expected = Vectors.matrix(probe.get("probabilities"));
        double[][] actual = fitted.probabilities(features);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).containsExactly(expected[i], CLOSE);
        }
        int[] predicted = fitted.predict(features);
        long right = IntStream.range(0, labels.length)
                .filter(i -> predicted[i] == labels[i])
                .count();
        assertThat((double) right / labels.length)
                .isCloseTo(probe.get("accuracy").asDouble(), CLOSE);
    }

    @Test
    void nearestNeighboursVoteByCosine() {
        double[][] training = {{1, 0}, {10, 1}, {0, 1}, {1, 5}, {-1, 0}};
        int[] labels = {0, 0, 1, 1, 2};
        assertThat(new Neighbours(2, 0.07).predict(training, labels, new double[][] {{3, 0.1}, {0.1, 9}, {-5, 0.5}}))
                .containsExactly(0, 1, 2);
        int[] majority = new int[30];
        Arrays.fill(majority, 0, 29, 1);
        double[][] alike = new double[30][];
        Arrays.setAll(alike, i -> new double[] {1, i * 1e-3});
        assertThat(Neighbours.USUAL.predict(alike, majority, new double[][] {{1, 0.029}}))
                .containsExactly(1);
    }
}
