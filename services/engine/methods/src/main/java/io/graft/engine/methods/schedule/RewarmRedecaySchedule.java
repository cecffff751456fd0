package io.graft.engine.methods.schedule;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;

/** Linear from {@code min_lr} to the peak over the re-warming, then half a cosine back to {@code min_lr}. */
@Method(
        kind = MethodKind.SCHEDULE,
        name = RewarmRedecaySchedule.NAME,
        title = "Re-warm and re-decay",
        paper = "A. Ibrahim et al., Simple and Scalable Strategies to Continually Pre-train Large Language Models,"
                + " arXiv 2403.08763",
        summary = "For continuing a trained model on new data: up from the rate it ended with, and down again.",
        notes = {
            "Re-warming forgets old data; replay some. Measured on a small model with a strong shift: 5 percent replay"
                    + " undid a third of the forgetting, 25 percent nearly matched training on both."
        })
public final class RewarmRedecaySchedule implements ScheduleMethod<RewarmRedecaySchedule.Params> {
    static final String NAME = "rewarm_redecay";

    /** See the components' documentation. */
    public record Params(
            @Param(doc = "share of the run that re-warms", byDefault = "0.01", min = 0, max = 1, belowMax = true)
            double rewarmRatio,

            @Param(doc = "rate that the model ended with, and ends with again", min = 0)
            double minLr) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Schedule schedule(Params params, Horizon horizon) {
        long total = horizon.stepsFor(NAME);
        horizon.requireAtMostPeak(NAME, "min_lr", params.minLr());
        Warmup rewarm = new Warmup((long) Math.ceil(params.rewarmRatio() * total));
        return at -> rewarm.covers(at.step())
                ? Curve.linear(params.minLr(), horizon.peak(), rewarm.factor(at.step()))
                : Curve.cosine(horizon.peak(), params.minLr(), rewarm.progress(at.step(), total));
    }
}
