package io.graft.engine.methods.schedule;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;

/** {@code lr(t) = min + (peak - min)(1 + cos(pi (t - w)/(T - w)))/2}, after a linear warm-up of w steps (eq. 5 of the paper without restarts). */
@Method(
        kind = MethodKind.SCHEDULE,
        name = CosineSchedule.NAME,
        title = "Cosine decay",
        paper = "I. Loshchilov and F. Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, arXiv 1608.03983",
        summary = "Falls along half a cosine to min_lr at the last step. The usual choice for training.")
public final class CosineSchedule implements ScheduleMethod<CosineSchedule.Params> {
    static final String NAME = "cosine";

    /** See the components' documentation. */
    public record Params(
            @Param(doc = Warmup.DOC, byDefault = "0", min = 0)
            long warmupSteps,

            @Param(doc = Warmup.RATIO_DOC, byDefault = "0", min = 0, max = 1, belowMax = true)
            double warmupRatio,

            @Param(doc = "rate at the end of the run", byDefault = "0", min = 0)
            double minLr) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Schedule schedule(Params params, Horizon horizon) {
        long total = horizon.stepsFor(NAME);
        Warmup warmup = Warmup.of(NAME, params.warmupSteps(), params.warmupRatio(), horizon);
        horizon.requireAtMostPeak(NAME, "min_lr", params.minLr());
        return at -> warmup.covers(at.step())
                ? horizon.peak() * warmup.factor(at.step())
                : Curve.cosine(horizon.peak(), params.minLr(), warmup.progress(at.step(), total));
    }
}
