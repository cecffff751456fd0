package io.graft.engine.methods.schedule;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;

/** {@code lr(t) = peak}, after a linear warm-up. */
@Method(
        kind = MethodKind.SCHEDULE,
        name = ConstantSchedule.NAME,
        title = "Constant",
        paper = "transformers 5.23, get_constant_schedule_with_warmup",
        summary = "The same rate from the end of the warm-up on. For short runs and for runs without a known end.")
public final class ConstantSchedule implements ScheduleMethod<ConstantSchedule.Params> {
    static final String NAME = "constant";

    /** See the components' documentation. */
    public record Params(
            @Param(doc = Warmup.DOC, byDefault = "0", min = 0)
            long warmupSteps,

            @Param(doc = Warmup.RATIO_DOC, byDefault = "0", min = 0, max = 1, belowMax = true)
            double warmupRatio) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Schedule schedule(Params params, Horizon horizon) {
        Warmup warmup = Warmup.of(NAME, params.warmupSteps(), params.warmupRatio(), horizon);
        return at -> warmup.covers(at.step()) ? horizon.peak() * warmup.factor(at.step()) : horizon.peak();
    }
}
