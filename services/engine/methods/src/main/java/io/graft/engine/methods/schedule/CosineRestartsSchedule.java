package io.graft.engine.methods.schedule;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;

/**
 * {@code lr = min + amplitude (peak - min)(1 + cos(pi t/T_i))/2}, where t counts from the last restart and T_i is the
 * cycle's length, as {@code torch.optim.lr_scheduler.CosineAnnealingWarmRestarts} has it for amplitude 1.
 */
@Method(
        kind = MethodKind.SCHEDULE,
        name = CosineRestartsSchedule.NAME,
        title = "Cosine with warm restarts",
        paper = "I. Loshchilov and F. Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, arXiv 1608.03983",
        summary = "Cosine decays one after another, each cycle_mult times as long as the one before.",
        notes = {
            "In a measured comparison of LoRA fine-tunings (5 seeds) restarts were slightly worse than a constant rate.",
            "amplitude 2 is the scale of LoRA groups in the code of LoLA-SpecViT; the rate then exceeds the optimizer's lr."
        })
public final class CosineRestartsSchedule implements ScheduleMethod<CosineRestartsSchedule.Params> {
    static final String NAME = "cosine_restarts";

    /** See the components' documentation. */
    public record Params(
            @Param(doc = "steps of the first cycle", min = 1)
            long firstCycleSteps,

            @Param(doc = "how many times longer each cycle is than the one before", byDefault = "1", min = 1)
            int cycleMult,

            @Param(doc = "rate at the end of each cycle", byDefault = "0", min = 0)
            double minLr,

            @Param(doc = "factor on what is above min_lr", byDefault = "1", min = 0, aboveMin = true)
            double amplitude) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Schedule schedule(Params params, Horizon horizon) {
        horizon.requireAtMostPeak(NAME, "min_lr", params.minLr());
        return at -> {
            long since = at.step();
            long cycle = params.firstCycleSteps();
            while (since >= cycle) {
                since -= cycle;
                cycle = Math.multiplyExact(cycle, params.cycleMult());
            }
            double height = (horizon.peak() - params.minLr()) * params.amplitude();
            return params.minLr() + height * 0.5 * (1 + Math.cos(Math.PI * since / cycle));
        };
    }
}
