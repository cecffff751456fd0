package io.graft.engine.methods.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.graft.platform.methods.MethodParameterException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final Horizon HUNDRED = Horizon.ofSteps(1.0, 100);

    private static double rate(Schedule schedule, long step) {
        return schedule.rate(Position.atStep(step));
    }

    @Test
    void linearIsTransformers() {
        Schedule schedule = ScheduleMethod.choose("linear", Map.of("warmup_steps", 10), HUNDRED);

        assertThat(List.of(
                        rate(schedule, 0),
                        rate(schedule, 5),
                        rate(schedule, 10),
                        rate(schedule, 55),
                        rate(schedule, 100),
                        rate(schedule, 1000)))
                .containsExactly(0.0, 0.5, 1.0, 0.5, 0.0, 0.0);
    }

    @Test
    void cosineIsHalfwayInTheMiddle() {
        Schedule schedule = ScheduleMethod.choose("cosine", Map.of("warmup_ratio", 0.1, "min_lr", 0.2), HUNDRED);

        assertThat(rate(schedule, 55)).isCloseTo(0.6, within(1e-12));
        assertThat(rate(schedule, 100)).isCloseTo(0.2, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "cosine", "sqrt", "exponential"})
    void wsdIsStableThenFallsToItsEnd(String decay) {
        Schedule schedule = ScheduleMethod.choose(
                "wsd", Map.of("warmup_steps", 10, "decay_ratio", 0.2, "decay", decay, "min_lr", 0.01), HUNDRED);

        assertThat(rate(schedule, 10)).isEqualTo(1.0);
        assertThat(rate(schedule, 80)).isEqualTo(1.0);
        assertThat(rate(schedule, 90)).isBetween(0.05, 0.6);
        assertThat(rate(schedule, 100)).isCloseTo(0.01, within(1e-12));
    }

    @Test
    void powerHasTheSameRatesForEveryLengthBeforeItsDecay() {
        Map<String, Object> params = Map.of("warmup_tokens", 1000, "decay_tokens", 4000);
        Schedule shorter = ScheduleMethod.choose("power", params, new Horizon(0.02, 16L, 1000, 128));
        Schedule longer = ScheduleMethod.choose("power", params, new Horizon(0.02, 128L, 1000, 128));

        for (long step = 0; step <= 12; step++) {
            assertThat(shorter.rate(new Position(step, step * 1000)))
                    .isEqualTo(longer.rate(new Position(step, step * 1000)));
        }
    }

    @Test
    void infiniteCooldownByInverseSquareRootMeetsBothEnds() {
        Schedule schedule = ScheduleMethod.choose(
                "infinite",
                Map.of("cooldown_steps", 50, "cooldown", "inv_sqrt", "const_lr", 0.5, "min_lr", 0.1),
                Horizon.open(1.0));

        assertThat(rate(schedule, 0)).isEqualTo(1.0);
        assertThat(rate(schedule, 10)).isLessThan(0.8);
        assertThat(rate(schedule, 50)).isEqualTo(0.5);
        assertThat(rate(schedule, 1_000_000)).isEqualTo(0.5);
    }

    @Test
    void plateauReducesAfterPatienceAndGoesOnFromItsState() {
        Map<String, Object> params = Map.of("patience", 1, "cooldown", 1, "min_lr", 0.05);
        FeedbackSchedule schedule = (FeedbackSchedule) ScheduleMethod.choose("plateau", params, HUNDRED);
        schedule.observe(1.0);
        schedule.observe(1.0);
        assertThat(rate(schedule, 3)).isEqualTo(1.0);
        schedule.observe(1.0);
        assertThat(rate(schedule, 3)).isEqualTo(0.1);

        FeedbackSchedule resumed = (FeedbackSchedule) ScheduleMethod.choose("plateau", params, HUNDRED);
        resumed.restore(schedule.state());
        for (int evaluation = 0; evaluation < 3; evaluation++) {
            schedule.observe(2.0);
            resumed.observe(2.0);
        }

        assertThat(rate(schedule, 9)).isEqualTo(0.05).isEqualTo(rate(resumed, 9));
        assertThatThrownBy(() -> schedule.observe(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> resumed.restore(Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    static List<Arguments> refused() {
        Horizon open = Horizon.open(1.0);
        return List.of(
                Arguments.of("linear", Map.of("warmup_steps", 101), HUNDRED, "warmup_steps: 101 steps are more than"),
                Arguments.of("constant", Map.of("warmup_steps", 101), HUNDRED, "warmup_steps"),
                Arguments.of("linear", Map.of(), open, "max_steps: an open-ended run"),
                Arguments.of("cosine", Map.of("min_lr", 2), HUNDRED, "min_lr: 2.0 must not be greater"),
                Arguments.of("cosine", Map.of("warmup_ratio", 1), HUNDRED, "warmup_ratio"),
                Arguments.of("cosine_restarts", Map.of("first_cycle_steps", 0), HUNDRED, "first_cycle_steps"),
                Arguments.of(
                        "cosine_restarts",
                        Map.of("first_cycle_steps", 5, "cycle_mult", 1.5),
                        HUNDRED,
                        "cycle_mult: 1.5 is not a whole number"),
                Arguments.of("cosine_restarts", Map.of("first_cycle_steps", 5, "min_lr", 2), HUNDRED, "min_lr"),
                Arguments.of("cyclical", Map.of("base_lr", 1, "steps_up", 5), HUNDRED, "base_lr: 1.0 must be less"),
                Arguments.of("wsd", Map.of("warmup_steps", 50, "decay_ratio", 0.6), HUNDRED, "decay_ratio"),
                Arguments.of("wsd", Map.of("decay", "exponential"), HUNDRED, "min_lr: an exponential decay"),
                Arguments.of("power", Map.of("decay_tokens", 101), HUNDRED, "decay_tokens"),
                Arguments.of("power", Map.of("decay_tokens", 10), open, "max_steps: an open-ended run"),
                Arguments.of("power", Map.of("b", 0.5, "a", -1), HUNDRED, "b: 0.5 is out of range"),
                Arguments.of("power_steps", Map.of("a", 0), HUNDRED, "a: 0 is out of range"),
                Arguments.of("power", Map.of("b", 0), HUNDRED, "b: 0 is out of range"),
                Arguments.of("power", Map.of("a", 0), HUNDRED, "a: 0 is out of range"),
                Arguments.of(
                        "infinite",
                        Map.of("cooldown_steps", 50, "anneal_steps", 60, "const_lr", 0.5, "min_lr", 0.1),
                        HUNDRED,
                        "anneal_steps"),
                Arguments.of(
                        "infinite",
                        Map.of("cooldown_steps", 50, "const_lr", 0.5, "min_lr", 0.6),
                        HUNDRED,
                        "min_lr: 0.6 must not be greater than const_lr"),
                Arguments.of("rewarm_redecay", Map.of("min_lr", 2), HUNDRED, "min_lr"),
                Arguments.of("polynomial", Map.of("warmup_steps", 101), HUNDRED, "warmup_steps"),
                Arguments.of("plateau", Map.of("factor", 1), HUNDRED, "factor"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatTheRunHasNoRoomForIsRefused(String name, Map<String, Object> params, Horizon horizon, String message) {
        assertThatThrownBy(() -> ScheduleMethod.choose(name, params, horizon))
                .isInstanceOf(MethodParameterException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aRunResumesOnItsOwnHorizonOnly() {
        HUNDRED.requireSame(Horizon.ofSteps(1.0, 100));

        assertThatThrownBy(() -> HUNDRED.requireSame(Horizon.ofSteps(1.0, 90))).hasMessageContaining("steps=90");
        assertThatThrownBy(() -> new Horizon(1.0, 100L, 512, 8).requireSame(new Horizon(1.0, 100L, 256, 4)))
                .hasMessageContaining("resume with the same lr, steps and batch");
        assertThatThrownBy(() -> Horizon.ofSteps(Double.NaN, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Position(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
