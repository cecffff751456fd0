package io.graft.engine.methods.schedule;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;
import java.util.Map;

/** Multiplies the rate by {@code factor} when a metric stops improving, as torch's {@code ReduceLROnPlateau} does. */
@Method(
        kind = MethodKind.SCHEDULE,
        name = PlateauSchedule.NAME,
        title = "Reduce on plateau",
        paper = "torch.optim.lr_scheduler.ReduceLROnPlateau, torch 2.7",
        summary = "Follows the metric of the evaluations; needs them often enough.",
        notes = "Improvement is relative (threshold_mode rel of torch).")
public final class PlateauSchedule implements ScheduleMethod<PlateauSchedule.Params> {
    static final String NAME = "plateau";

    /** Which way is better. */
    public enum Mode {
        /** Lower is better, as of a loss. */
        MIN,
        /** Higher is better, as of an accuracy. */
        MAX
    }

    /** See the components' documentation. */
    public record Params(
            @Param(doc = "whether lower (min) or higher (max) is better", byDefault = "min")
            Mode mode,

            @Param(
                    doc = "what the rate is multiplied by",
                    byDefault = "0.1",
                    min = 0,
                    aboveMin = true,
                    max = 1,
                    belowMax = true)
            double factor,

            @Param(doc = "evaluations without improvement that are let pass", byDefault = "10", min = 0)
            int patience,

            @Param(doc = "relative improvement that counts", byDefault = "0.0001", min = 0, max = 1, belowMax = true)
            double threshold,

            @Param(doc = "evaluations after a reduction that do not count", byDefault = "0", min = 0)
            int cooldown,

            @Param(doc = "lowest rate", byDefault = "0", min = 0)
            double minLr,

            @Param(doc = Warmup.DOC, byDefault = "0", min = 0)
            long warmupSteps) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public FeedbackSchedule schedule(Params params, Horizon horizon) {
        horizon.requireAtMostPeak(NAME, "min_lr", params.minLr());
        return new Plateau(params, horizon.peak(), Warmup.of(NAME, params.warmupSteps(), 0, horizon));
    }

    private static final class Plateau implements FeedbackSchedule {
        private final Params params;
        private final Warmup warmup;
        private double rate;
        private double best;
        private int bad;
        private int cooling;

        Plateau(Params params, double peak, Warmup warmup) {
            this.params = params;
            this.warmup = warmup;
            rate = peak;
            best = params.mode() == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }

        @Override
        public double rate(Position position) {
            return warmup.covers(position.step()) ? rate * warmup.factor(position.step()) : rate;
        }

        @Override
        public void observe(double metric) {
            if (Double.isNaN(metric)) {
                throw new IllegalArgumentException("the metric that the schedule follows is not a number");
            }
            if (improves(metric)) {
                best = metric;
                bad = 0;
            } else {
                bad++;
            }
            if (cooling > 0) {
                cooling--;
                bad = 0;
            }
            if (bad > params.patience()) {
                rate = Math.max(rate * params.factor(), params.minLr());
                cooling = params.cooldown();
                bad = 0;
            }
        }

        private boolean improves(double metric) {
            return switch (params.mode()) {
                case MIN -> metric < best * (1 - params.threshold());
                case MAX -> metric > best * (1 + params.threshold());
            };
        }

        @Override
        public Map<String, Double> state() {
            return Map.of("rate", rate, "best", best, "bad", (double) bad, "cooling", (double) cooling);
        }

        @Override
        public void restore(Map<String, Double> state) {
            rate = value(state, "rate");
            best = value(state, "best");
            bad = (int) value(state, "bad");
            cooling = (int) value(state, "cooling");
        }

        private static double value(Map<String, Double> state, String name) {
            Double value = state.get(name);
            if (value == null) {
                throw new IllegalArgumentException(
                        "the state " + state.keySet() + " lacks '" + name + "' of a plateau");
            }
            return value;
        }
    }
}
