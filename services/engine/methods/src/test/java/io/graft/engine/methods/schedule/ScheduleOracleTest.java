package io.graft.engine.methods.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.methods.Oracle;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rates as other programs give them. */
class ScheduleOracleTest {
    private static final Offset<Double> EXACT = within(1e-12);

    private static JsonNode oracle(String name) {
        return Oracle.of("schedules.json", name);
    }

    @Test
    void powerOverStepsIsTheOneOfLmEngine() {
        JsonNode in = oracle("power_schedule_lmengine").get("input");
        Schedule schedule = ScheduleMethod.choose(
                "power_steps",
                Map.of("a", in.get("a").asDouble(), "b", in.get("b").asDouble(), "warmup_steps", 100),
                new Horizon(in.get("lr_max").asDouble(), null, in.get("c").asLong(), 128));

        checkSteps(schedule, in.get("steps"), oracle("power_schedule_lmengine").get("expected"), EXACT);
    }

    @Test
    void powerOverTokensIsThePapers() {
        JsonNode in = oracle("power_schedule_paper_linear_decay").get("input");
        long step = 1_000_000;
        Schedule schedule = ScheduleMethod.choose(
                "power",
                Map.of("warmup_tokens", 1e9, "decay_tokens", 1e10),
                new Horizon(0.02, (long) (in.get("N").asDouble() / step), step, 128));
        double[] expected =
                Oracle.numbers(oracle("power_schedule_paper_linear_decay").get("expected"));

        for (int index = 0; index < expected.length; index++) {
            long tokens = (long) in.get("n").get(index).asDouble();
            assertThat(schedule.rate(new Position(tokens / step, tokens))).isCloseTo(expected[index], EXACT);
        }
    }

    @Test
    void infiniteWithCosineCooldown() {
        JsonNode in = oracle("infinite_lr_cosine_cooldown").get("input");
        Schedule schedule = ScheduleMethod.choose(
                "infinite",
                Map.of(
                        "warmup_steps",
                        100,
                        "cooldown_steps",
                        900,
                        "anneal_steps",
                        1000,
                        "const_lr",
                        in.get("const").asDouble(),
                        "min_lr",
                        in.get("min").asDouble()),
                Horizon.ofSteps(in.get("max").asDouble(), 10_000));

        checkSteps(
                schedule, in.get("steps"), oracle("infinite_lr_cosine_cooldown").get("expected"), EXACT);
    }

    @Test
    void secondStageRewarmsFromWhereTheFirstEnded() {
        Schedule first = ScheduleMethod.choose(
                "cosine", Map.of("warmup_steps", 10, "min_lr", 3e-5), Horizon.ofSteps(3e-4, 1000));
        Schedule second = ScheduleMethod.choose(
                "rewarm_redecay", Map.of("rewarm_ratio", 0.02, "min_lr", 3e-5), Horizon.ofSteps(3e-4, 500));

        checkSteps(
                at -> at.step() < 1000 ? first.rate(at) : second.rate(Position.atStep(at.step() - 1000)),
                oracle("rewarm_redecay_cosine").get("input").get("t"),
                oracle("rewarm_redecay_cosine").get("expected"),
                EXACT);
    }

    @Test
    void polynomialWithWarmupIsMmcvs() {
        Schedule schedule =
                ScheduleMethod.choose("polynomial", Map.of("warmup_steps", 1500), Horizon.ofSteps(6e-5, 40_000));

        checkSteps(
                schedule,
                oracle("poly_warmup_lr").get("input").get("it"),
                oracle("poly_warmup_lr").get("expected"),
                EXACT);
    }

    @Test
    void restartsAreTorchsAndTheScaledOnesLolas() {
        JsonNode expected = oracle("lr.lola_cyclic_lora").get("expected");
        Map<String, Object> params = Map.of("first_cycle_steps", 10, "cycle_mult", 2, "min_lr", 1e-6);
        Schedule plain = ScheduleMethod.choose("cosine_restarts", params, Horizon.open(1e-4));
        Schedule scaled = ScheduleMethod.choose(
                "cosine_restarts",
                Map.of("first_cycle_steps", 10, "cycle_mult", 2, "min_lr", 1e-6, "amplitude", 2),
                Horizon.open(1e-4));

        checkFromZero(plain, expected.get("torch_CosineAnnealingWarmRestarts"));
        checkFromZero(scaled, expected.get("lora"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"triangular", "triangular2", "exp_range"})
    void cyclesAreTorchs(String mode) {
        JsonNode in = oracle("lr.cyclic." + mode).get("inputs");
        Schedule schedule = ScheduleMethod.choose(
                "cyclical",
                Map.of(
                        "base_lr",
                        in.get("base_lr").asDouble(),
                        "steps_up",
                        in.get("step_size_up").asLong(),
                        "mode",
                        mode,
                        "gamma",
                        in.get("gamma").asDouble()),
                Horizon.open(in.get("max_lr").asDouble()));

        checkFromZero(schedule, oracle("lr.cyclic." + mode).get("expected").get("lr_by_step"));
    }

    private static void checkFromZero(Schedule schedule, JsonNode expected) {
        for (int step = 0; step < expected.size(); step++) {
            assertThat(schedule.rate(Position.atStep(step)))
                    .as("step %d", step)
                    .isCloseTo(expected.get(step).asDouble(), within(1e-9));
        }
    }

    private static void checkSteps(Schedule schedule, JsonNode steps, JsonNode expected, Offset<Double> tolerance) {
        for (int index = 0; index < expected.size(); index++) {
            long step = steps.get(index).asLong();
            assertThat(schedule.rate(Position.atStep(step)))
                    .as("step %d", step)
                    .isCloseTo(expected.get(index).asDouble(), tolerance);
        }
    }
}
