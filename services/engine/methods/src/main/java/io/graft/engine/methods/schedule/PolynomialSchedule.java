package io.graft.engine.methods.schedule;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;

/**
 * {@code lr(t) = min + (peak - min)(1 - t/T)^power}, multiplied during the warm-up by a line from {@code warmup_start}
 * to 1. Unlike the other schedules, the decay runs from the first step on, as in mmcv.
 */
@Method(
        kind = MethodKind.SCHEDULE,
        name = PolynomialSchedule.NAME,
        title = "Polynomial with warm-up",
        paper = "L. Hoyer et al., DAFormer, arXiv 2111.14887 (mmcv's poly policy with linear warm-up)",
        summary = "The schedule of segmentation work: a polynomial decay whose warm-up multiplies it.")
public final class PolynomialSchedule implements ScheduleMethod<PolynomialSchedule.Params> {
    static final String NAME = "polynomial";

    /** See the components' documentation. */
    public record Params(
            @Param(doc = "exponent; 1 is a straight line", byDefault = "1", min = 0, aboveMin = true)
            double power,

            @Param(doc = "steps of the warm-up", byDefault = "0", min = 0)
            long warmupSteps,

            @Param(doc = "share of the rate that the first step has", byDefault = "1e-6", min = 0, max = 1)
            double warmupStart,

            @Param(doc = "rate at the end of the run", byDefault = "0", min = 0)
            double minLr) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Schedule schedule(Params params, Horizon horizon) {
        long total = horizon.stepsFor(NAME);
        horizon.requireWithin(NAME, "warmup_steps", params.warmupSteps());
        horizon.requireAtMostPeak(NAME, "min_lr", params.minLr());
        return at -> {
            double left = Math.max(0, 1 - (double) at.step() / total);
            double rate = params.minLr() + (horizon.peak() - params.minLr()) * Math.pow(left, params.power());
            return at.step() < params.warmupSteps()
                    ? rate * (1 - (1 - (double) at.step() / params.warmupSteps()) * (1 - params.warmupStart()))
                    : rate;
        };
    }
}
