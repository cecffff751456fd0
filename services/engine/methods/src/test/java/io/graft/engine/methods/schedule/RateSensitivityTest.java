package io.graft.engine.methods.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.methods.Oracle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateSensitivityTest {
    @Test
    void divergedRunsCountAsNothingLearnt() {
        JsonNode oracle = Oracle.of("training.json", "lr_sensitivity");
        List<Double> losses = new ArrayList<>();
        oracle.get("input").get("losses").forEach(loss -> losses.add(Double.parseDouble(loss.asText())));

        assertThat(RateSensitivity.of(losses, oracle.get("input").get("l0").asDouble()))
                .isCloseTo(oracle.get("expected").asDouble(), within(1e-10));
    }

    @Test
    void tooFewRatesSayNothing() {
        assertThatThrownBy(() -> RateSensitivity.of(List.of(1.0, 2.0), 3)).hasMessageContaining("three rates");
        assertThatThrownBy(() -> RateSensitivity.of(List.of(Double.NaN, Double.NaN, Double.NaN), 3))
                .hasMessageContaining("No run converged");
    }
}
