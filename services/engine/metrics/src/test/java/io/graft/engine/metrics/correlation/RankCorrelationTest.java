package io.graft.engine.metrics.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.metrics.Vectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class RankCorrelationTest {
    private static final Offset<Double> CLOSE = within(1e-5);

    @Test
    void valuesOfSciPy() {
        JsonNode cases = Vectors.cases("misc");
        double[] x = Vectors.doubles(cases.get("corr u1"));
        double[] y = Vectors.doubles(cases.get("corr u2"));
        assertThat(RankCorrelation.pearson(x, y)).isCloseTo(cases.get("pearson").asDouble(), CLOSE);
        assertThat(RankCorrelation.spearman(x, y))
                .isCloseTo(cases.get("spearman").asDouble(), CLOSE);
        assertThat(RankCorrelation.kendall(x, y))
                .isCloseTo(cases.get("kendall tau-b").asDouble(), CLOSE);
        assertThat(RankCorrelation.weightedTau(x, y))
                .isCloseTo(cases.get("weighted tau (scipy weightedtau)").asDouble(), CLOSE);
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> RankCorrelation.spearman(new double[] {1}, new double[] {Double.NaN, 1}))
                .hasMessageContaining("y has 2 entries")
                .hasMessageContaining("x has 1 values")
                .hasMessageContaining("y[0] is NaN");
    }
}
