package io.graft.engine.methods.stopping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
    private static StoppingRule rule(Map<String, Object> params) {
        return StoppingMethod.choose("early_stopping", params);
    }

    @Test
    void stopsAfterPatienceEvaluationsWithoutEnoughImprovement() {
        StoppingRule rule = rule(Map.of("patience", 2, "min_delta", 0.1));

        assertThat(Stream.of(1.0, 0.95, 0.8, 0.75, 0.72).map(rule::observe))
                .containsExactly(
                        new StoppingRule.Verdict(true, false),
                        new StoppingRule.Verdict(false, false),
                        new StoppingRule.Verdict(true, false),
                        new StoppingRule.Verdict(false, false),
                        new StoppingRule.Verdict(false, true));
    }

    @Test
    void higherCanBeBetterAndAStateContinues() {
        StoppingRule rule = rule(Map.of("metric", "accuracy", "mode", "max", "patience", 2));
        rule.observe(0.5);
        rule.observe(0.4);
        StoppingRule resumed = rule(Map.of("metric", "accuracy", "mode", "max", "patience", 2));
        resumed.restore(rule.state());

        assertThat(resumed.metric()).isEqualTo("accuracy");
        assertThat(resumed.observe(0.5).stop()).isTrue();
    }

    @Test
    void aMetricThatIsNotANumberIsNoEvaluation() {
        assertThatThrownBy(() -> rule(Map.of()).observe(Double.NaN)).hasMessageContaining("has diverged");
        assertThatThrownBy(() -> rule(Map.of()).restore(Map.of())).hasMessageContaining("not one of early stopping");
        assertThatThrownBy(() -> rule(Map.of("patience", 0))).hasMessageContaining("patience");
    }
}
