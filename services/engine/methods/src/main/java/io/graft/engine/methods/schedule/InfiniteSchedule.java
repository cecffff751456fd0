package io.graft.engine.methods.schedule;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;

/**
 * Warm-up to the peak, cooldown to {@code const_lr}, constant for any length, and at the end an exponential annealing
 * {@code const (min/const)^progress} (section 7 of the paper).
 */
@Method(
        kind = MethodKind.SCHEDULE,
        name = InfiniteSchedule.NAME,
        title = "Infinite",
        paper = "A. Ibrahim et al., Simple and Scalable Strategies to Continually Pre-train Large Language Models,"
                + " arXiv 2403.08763",
        summary =
                "A constant rate that needs no re-warming when new data come; anneal before use, continue from before it.",
        notes = {
            "Continue from a checkpoint before the annealing; one after it needs re-warming, see rewarm_redecay.",
            "The inv_sqrt cooldown follows the paper's formula with alpha 10; its code was not at hand to compare."
        })
public final class InfiniteSchedule implements ScheduleMethod<InfiniteSchedule.Params> {
    static final String NAME = "infinite";
    private static final double ALPHA = 10;

    /** The way from the peak to the constant rate. */
    public enum Cooldown {
        /** Half a cosine. */
        COSINE,
        /** An inverse square root, steep at first. */
        INV_SQRT
    }

    /** See the components' documentation. */
    public record Params(
            @Param(doc = "steps over which the rate rises from 0", byDefault = "0", min = 0)
            long warmupSteps,

            @Param(doc = "steps from the peak to const_lr", min = 0)
            long cooldownSteps,

            @Param(doc = "curve of the cooldown", byDefault = "cosine")
            Cooldown cooldown,

            @Param(doc = "the constant rate", min = 0, aboveMin = true)
            double constLr,

            @Param(doc = "steps of the annealing at the end of the run; 0 for none", byDefault = "0", min = 0)
            long annealSteps,

            @Param(doc = "rate at the end of the annealing", min = 0, aboveMin = true, atMost = "const_lr")
            double minLr) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Schedule schedule(Params params, Horizon horizon) {
        horizon.requireAtMostPeak(NAME, "const_lr", params.constLr());
        long cool = params.warmupSteps() + params.cooldownSteps();
        horizon.requireWithin(NAME, "anneal_steps", cool + params.annealSteps());
        long anneal = params.annealSteps() == 0 ? Long.MAX_VALUE : horizon.stepsFor(NAME) - params.annealSteps();
        return at -> {
            long step = at.step();
            if (step < params.warmupSteps()) {
                return horizon.peak() * step / params.warmupSteps();
            }
            if (step < cool) {
                double progress = (double) (step - params.warmupSteps()) / params.cooldownSteps();
                return cooling(params, horizon.peak(), progress);
            }
            return step <= anneal
                    ? params.constLr()
                    : Curve.exponential(
                            params.constLr(),
                            params.minLr(),
                            Math.min(1, (double) (step - anneal) / params.annealSteps()));
        };
    }

    private static double cooling(Params params, double peak, double progress) {
        return switch (params.cooldown()) {
            case COSINE -> Curve.cosine(peak, params.constLr(), progress);
            case INV_SQRT -> peak + (params.constLr() - peak) * invSqrt(progress) / invSqrt(1);
        };
    }

    private static double invSqrt(double progress) {
        return 1 / Math.sqrt(1 + ALPHA * progress) - 1;
    }
}
