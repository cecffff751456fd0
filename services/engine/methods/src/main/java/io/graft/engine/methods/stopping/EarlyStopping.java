package io.graft.engine.methods.stopping;

import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;
import java.util.Map;

/** Stops after {@code patience} evaluations in a row that did not improve on the best by more than {@code min_delta}. */
@Method(
        kind = MethodKind.STOPPING,
        name = EarlyStopping.NAME,
        title = "Early stopping",
        paper = "L. Prechelt, Early Stopping - But When?, Neural Networks: Tricks of the Trade, 1998 (criterion UP)",
        summary = "Ends a run whose metric on held-out data no longer improves.",
        notes = "Choosing the stopping point on held-out data makes its metric optimistic; report another set's.")
public final class EarlyStopping implements StoppingMethod<EarlyStopping.Params> {
    static final String NAME = "early_stopping";

    /** Which way is better. */
    public enum Mode {
        /** Lower is better, as of a loss. */
        MIN,
        /** Higher is better, as of an accuracy. */
        MAX
    }

    /** See the components' documentation. */
    public record Params(
            @Param(doc = "name of the metric to watch", byDefault = "eval_loss")
            String metric,

            @Param(doc = "whether lower (min) or higher (max) is better", byDefault = "min")
            Mode mode,

            @Param(doc = "evaluations in a row without improvement after which the run ends", byDefault = "3", min = 1)
            int patience,

            @Param(doc = "improvement that does not count yet, in the metric's unit", byDefault = "0", min = 0)
            double minDelta) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public StoppingRule rule(Params params) {
        return new Watch(params);
    }

    private static final class Watch implements StoppingRule {
        private final Params params;
        private double best;
        private int bad;

        Watch(Params params) {
            this.params = params;
            best = params.mode() == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }

        @Override
        public String metric() {
            return params.metric();
        }

        @Override
        public Verdict observe(double metric) {
            if (Double.isNaN(metric)) {
                throw new IllegalArgumentException(params.metric() + " is not a number: the run has diverged");
            }
            boolean improves = switch (params.mode()) {
                case MIN -> metric < best - params.minDelta();
                case MAX -> metric > best + params.minDelta();
            };
            if (improves) {
                best = metric;
                bad = 0;
            } else {
                bad++;
            }
            return new Verdict(improves, bad >= params.patience());
        }

        @Override
        public Map<String, Double> state() {
            return Map.of("best", best, "bad", (double) bad);
        }

        @Override
        public void restore(Map<String, Double> state) {
            Double savedBest = state.get("best");
            Double savedBad = state.get("bad");
            if (savedBest == null || savedBad == null) {
                throw new IllegalArgumentException("the state " + state.keySet() + " is not one of early stopping");
            }
            best = savedBest;
            bad = savedBad.intValue();
        }
    }
}
