package io.graft.engine.metrics.gate;

import io.graft.engine.metrics.comparison.Bounds;
import io.graft.engine.metrics.comparison.Comparison;
import io.graft.engine.metrics.comparison.Interval;

/** Comparisons put so that more is better. */
final class Effects {
    private Effects() {}

    static Effect of(RunPair pair, Comparison comparison, double alpha) {
        boolean higher = isHigherBetter(pair);
        Bounds gain = gain(pair, comparison);
        Interval percentile = comparison.bootstrap().percentile(1 - 2 * alpha);
        return new Effect(
                pair.task(),
                pair.candidate().metric(),
                pair.size(),
                comparison.candidate().value(),
                comparison.baseline().value(),
                gain.estimate(),
                gain.interval(alpha),
                higher ? percentile : new Interval(-percentile.high(), -percentile.low(), percentile.level()),
                higher
                        ? comparison.bootstrap().pNotAbove(0)
                        : comparison.bootstrap().pNotBelow(0),
                comparison.isBinary() ? comparison.mcNemar() : null);
    }

    /** The gain with its bounds. */
    static Bounds gain(RunPair pair, Comparison comparison) {
        return isHigherBetter(pair) ? comparison : comparison.negated();
    }

    static boolean isHigherBetter(RunPair pair) {
        return pair.candidate().direction() == Direction.HIGHER_IS_BETTER;
    }
}
