package io.graft.engine.methods.schedule;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;

/** {@code lr(t) = min + (peak - min)(T - t)/(T - w)}, after a linear warm-up of w steps. */
@Method(
        kind = MethodKind.SCHEDULE,
        name = LinearSchedule.NAME,
        title = "Linear decay",
        paper = "transformers 5.23, get_linear_schedule_with_warmup",
        summary = "Falls in a straight line to min_lr at the last step. The usual choice for fine-tuning.")
public final class LinearSchedule implements ScheduleMethod<LinearSchedule.Params> {
    static final String NAME = "linear";

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
                : Curve.linear(horizon.peak(), params.minLr(), warmup.progress(at.step(), total));
    }
}
