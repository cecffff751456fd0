package io.graft.engine.methods.schedule;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;

/**
 * {@code lr(t) = peak min(1, a/peak (t c)^b)} over steps t of c tokens each, after a linear warm-up to its value at the
 * warm-up's end. The batch size is part of {@code a}.
 */
@Method(
        kind = MethodKind.SCHEDULE,
        name = PowerStepsSchedule.NAME,
        title = "Power (over steps)",
        paper = "Y. Shen et al., Power Scheduler, arXiv 2408.13359, as IBM's lm-engine has it (PowerScheduler)",
        summary = "The power law in the form of IBM's training engine, for runs that continue one of theirs.",
        notes = "Has no decay, which that engine makes a stage of its own; a must already contain the batch size.")
public final class PowerStepsSchedule implements ScheduleMethod<PowerStepsSchedule.Params> {
    static final String NAME = "power_steps";

    /** See the components' documentation. */
    public record Params(
            @Param(doc = "factor of the law times the batch size in sequences", min = 0, aboveMin = true)
            double a,

            @Param(doc = "exponent of the law", byDefault = "-0.51", max = 0, belowMax = true)
            double b,

            @Param(doc = "steps of the warm-up", byDefault = "0", min = 0)
            long warmupSteps) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Schedule schedule(Params params, Horizon horizon) {
        horizon.requireWithin(NAME, "warmup_steps", params.warmupSteps());
        return at -> at.step() < params.warmupSteps()
                ? (double) at.step() / params.warmupSteps() * law(params, horizon, params.warmupSteps())
                : law(params, horizon, at.step());
    }

    private static double law(Params params, Horizon horizon, long step) {
        double tokens = (double) step * horizon.tokensPerStep();
        return horizon.peak() * Math.min(1, params.a() / horizon.peak() * Math.pow(tokens, params.b()));
    }
}
