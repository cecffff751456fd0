package io.graft.engine.metrics.gate;

import io.graft.engine.metrics.comparison.Bootstrap;
import io.graft.engine.metrics.comparison.Bounds;
import io.graft.engine.metrics.comparison.ClopperPearson;
import io.graft.engine.metrics.comparison.Comparison;
import io.graft.engine.metrics.comparison.ExampleScores;
import io.graft.engine.metrics.comparison.McNemar;
import io.graft.engine.metrics.comparison.Scores;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Looks at each condition of a rule. */
record Conditions(GateRule rule, int resamples, long seed) {
    private static final double POWER = 0.8;

    record Part(RunPair pair, Comparison comparison) {
        Bounds gain() {
            return Effects.gain(pair, comparison);
        }
    }

    private record Asked(String condition, Part part, Bounds bounds, double threshold, boolean shown) {}

    /**
     * Looks at all conditions on each part, and at the loss on each retained task.
     *
     * @param parts all examples, and the subsets that the rule names
     */
    List<Finding> of(List<Part> parts, List<Part> retained) {
        List<Asked> asked = new ArrayList<>();
        parts.forEach(part -> asked.addAll(every(part)));
        Double maxRegression = rule.maxRegression();
        if (maxRegression != null) {
            retained.forEach(part -> asked.add(regression(part, maxRegression)));
        }
        return asked.stream().map(one -> finding(one, asked.size())).toList();
    }

    private List<Asked> every(Part part) {
        List<Asked> asked = new ArrayList<>();
        Double minAbs = rule.minAbs();
        if (minAbs != null) {
            boolean higher = Effects.isHigherBetter(part.pair());
            Bounds value = value(part.pair().candidate().scores());
            asked.add(new Asked("min_abs", part, higher ? value : value.negated(), higher ? minAbs : -minAbs, true));
        }
        Double minEffect = rule.minEffect();
        if (minEffect != null) {
            asked.add(new Asked("min_effect", part, part.gain(), minEffect, minEffect > 0 || isGainShown(part)));
        }
        Double maxRegression = rule.maxRegression();
        if (maxRegression != null) {
            asked.add(regression(part, maxRegression));
        }
        return asked;
    }

    private static Asked regression(Part part, double maxRegression) {
        return new Asked("max_regression", part, part.gain(), 0 - maxRegression, true);
    }

    /** The exact test must agree where there is one: the score bounds are a little narrow on very few examples. */
    private boolean isGainShown(Part part) {
        if (!part.comparison().isBinary()) {
            return true;
        }
        McNemar test = part.comparison().mcNemar();
        McNemar gain =
                Effects.isHigherBetter(part.pair()) ? test : McNemar.of(test.onlyBaseline(), test.onlyCandidate());
        return gain.pCandidateBetter() <= rule.alpha();
    }

    private Bounds value(Scores scores) {
        if (scores instanceof ExampleScores each && each.isBinary()) {
            return new ClopperPearson((int) Math.round(each.value() * each.size()), each.size());
        }
        return Bootstrap.of(scores, resamples, seed);
    }

    private Finding finding(Asked asked, int count) {
        double low = asked.bounds().lower(rule.alpha());
        double high = asked.bounds().upper(rule.alpha() / count);
        boolean strict = asked.condition().equals("min_effect");
        boolean reached = strict ? low > asked.threshold() : low >= asked.threshold();
        Finding.State state = Finding.State.UNKNOWN;
        if (reached && asked.shown()) {
            state = Finding.State.HOLDS;
        } else if (high < asked.threshold()) {
            state = Finding.State.BROKEN;
        }
        return new Finding(
                asked.condition(),
                asked.part().pair().task(),
                asked.part().pair().size(),
                asked.bounds().estimate(),
                low,
                high,
                asked.threshold(),
                state,
                state == Finding.State.UNKNOWN ? examplesNeeded(asked) : 0);
    }

    /** By the normal approximation: the distance must be the sum of two quantiles in standard errors. */
    private long examplesNeeded(Asked asked) {
        NormalDistribution normal = new NormalDistribution();
        double z = normal.inverseCumulativeProbability(1 - rule.alpha());
        double half = (asked.bounds().upper(rule.alpha()) - asked.bounds().lower(rule.alpha())) / 2;
        double distance = Math.abs(asked.bounds().estimate() - asked.threshold());
        double ratio = (1 + normal.inverseCumulativeProbability(POWER) / z) * half / distance;
        double needed = Math.ceil(asked.part().pair().size() * ratio * ratio);
        return Double.isFinite(needed) && needed < Long.MAX_VALUE ? (long) needed : Long.MAX_VALUE;
    }
}
