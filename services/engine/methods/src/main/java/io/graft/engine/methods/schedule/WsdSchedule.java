package io.graft.engine.methods.schedule;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.MethodParameterException;
import io.graft.platform.methods.Param;

/** Warm-up, stable, decay: {@code lr = peak} until {@code T - decay}, then down to {@code min_lr} at T. */
@Method(
        kind = MethodKind.SCHEDULE,
        name = WsdSchedule.NAME,
        title = "Warm-up, stable, decay (WSD)",
        paper =
                "S. Hu et al., MiniCPM: Unveiling the Potential of Small Language Models with Scalable Training Strategies,"
                        + " arXiv 2404.06395; the shape 1-sqrt: A. Hägele et al., arXiv 2405.18392",
        summary =
                "A constant rate with a short decay at the end, so that a run can be made longer from before its decay.",
        notes = "A rate tuned on a shorter run is too high for a longer one; see power.")
public final class WsdSchedule implements ScheduleMethod<WsdSchedule.Params> {
    static final String NAME = "wsd";

    /** The way down. */
    public enum Shape {
        /** A straight line. */
        LINEAR,
        /** Half a cosine. */
        COSINE,
        /** {@code 1 - sqrt(progress)}. */
        SQRT,
        /** By the same factor each step; needs a {@code min_lr} above 0. */
        EXPONENTIAL
    }

    /** See the components' documentation. */
    public record Params(
            @Param(doc = Warmup.DOC, byDefault = "0", min = 0)
            long warmupSteps,

            @Param(doc = Warmup.RATIO_DOC, byDefault = "0", min = 0, max = 1, belowMax = true)
            double warmupRatio,

            @Param(doc = "share of the run that decays", byDefault = "0.1", min = 0, aboveMin = true, max = 1)
            double decayRatio,

            @Param(
                    doc = "curve of the decay: linear, cosine, sqrt (1 - sqrt of the progress) or exponential",
                    byDefault = "sqrt")
            Shape decay,

            @Param(doc = "rate at the end of the run", byDefault = "0", min = 0)
            double minLr) {
        /** Refuses an exponential way to zero, which has no end. */
        public Params {
            if (decay == Shape.EXPONENTIAL && minLr == 0) {
                throw new MethodParameterException(
                        NAME, "min_lr", "an exponential decay never reaches 0; give a positive rate");
            }
        }
    }

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Schedule schedule(Params params, Horizon horizon) {
        long total = horizon.stepsFor(NAME);
        Warmup warmup = Warmup.of(NAME, params.warmupSteps(), params.warmupRatio(), horizon);
        horizon.requireAtMostPeak(NAME, "min_lr", params.minLr());
        long decay = Math.max(1, Math.round(total * params.decayRatio()));
        horizon.requireWithin(NAME, "decay_ratio", warmup.steps() + decay);
        long start = total - decay;
        return at -> {
            if (warmup.covers(at.step())) {
                return horizon.peak() * warmup.factor(at.step());
            }
            double progress = Math.clamp((double) (at.step() - start) / decay, 0.0, 1.0);
            double peak = horizon.peak();
            return switch (params.decay()) {
                case LINEAR -> Curve.linear(peak, params.minLr(), progress);
                case COSINE -> Curve.cosine(peak, params.minLr(), progress);
                case SQRT -> Curve.linear(peak, params.minLr(), Math.sqrt(progress));
                case EXPONENTIAL -> Curve.exponential(peak, params.minLr(), progress);
            };
        };
    }
}
