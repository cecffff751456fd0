package io.graft.engine.metrics.gate;

import io.graft.engine.metrics.InputCheck;
import io.graft.engine.metrics.comparison.Bootstrap;
import io.graft.engine.metrics.comparison.Comparison;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether a candidate may take the baseline's place. PASS needs every condition to hold at its one-sided alpha, so
 * the probability of promoting a candidate that breaks any of them is at most alpha, however many there are (an
 * intersection-union test; Berger 1982). FAIL needs one to be broken at alpha shared among them (Bonferroni), so a candidate
 * that meets all of them fails with probability alpha at most. Anything else is INCONCLUSIVE. Immutable.
 *
 * @param resamples of the bootstrap, 100 or more
 * @param seed the same seed gives the same verdict
 */
public record Gate(int resamples, long seed) {
    /** 2000 resamples, seed 0. */
    public static final Gate DEFAULT = new Gate(Bootstrap.DEFAULT_RESAMPLES, 0);

    /**
     * Decides.
     *
     * @throws io.graft.engine.metrics.MetricInputException if the runs are of another metric than the rule, or a subset
     *     that the rule names is missing
     */
    public GateVerdict decide(GateRule rule, GateQuestion question) {
        check(rule, question);
        Comparison target = compare(question.target());
        List<Conditions.Part> parts = new ArrayList<>(List.of(new Conditions.Part(question.target(), target)));
        List<Conditions.Part> retained = new ArrayList<>();
        List<Effect> subsets = new ArrayList<>();
        List<Effect> forgetting = new ArrayList<>();
        for (Subset subset : question.subsets()) {
            RunPair pair = question.target().only(subset.name(), subset.indices());
            Comparison comparison = compare(pair);
            subsets.add(Effects.of(pair, comparison, rule.alpha()));
            if (rule.subsets().contains(subset.name())) {
                parts.add(new Conditions.Part(pair, comparison));
            }
        }
        for (RunPair pair : question.retained()) {
            Comparison comparison = compare(pair);
            forgetting.add(Effects.of(pair, comparison, rule.alpha()));
            retained.add(new Conditions.Part(pair, comparison));
        }
        List<Finding> findings = new Conditions(rule, resamples, seed).of(parts, retained);
        EvaluationRun run = question.target().candidate();
        return verdict(new Evidence(
                Effects.of(question.target(), target, rule.alpha()),
                subsets,
                forgetting,
                findings,
                rule.alpha(),
                run.dataDigest(),
                run.evaluatorVersion(),
                resamples,
                seed));
    }

    private Comparison compare(RunPair pair) {
        return Comparison.of(pair.candidate().scores(), pair.baseline().scores(), resamples, seed);
    }

    private static GateVerdict verdict(Evidence evidence) {
        if (evidence.findings().stream().anyMatch(f -> f.state() == Finding.State.BROKEN)) {
            return new GateVerdict.Fail(evidence);
        }
        return evidence.findings().stream().allMatch(f -> f.state() == Finding.State.HOLDS)
                ? new GateVerdict.Pass(evidence)
                : new GateVerdict.Inconclusive(evidence);
    }

    private static void check(GateRule rule, GateQuestion question) {
        String metric = question.target().candidate().metric();
        InputCheck check = new InputCheck()
                .require(
                        metric.equals(rule.metric()),
                        "metric",
                        "is " + rule.metric() + ", but the runs measure " + metric,
                        "evaluate with the metric of the rule");
        List<String> known = question.subsets().stream().map(Subset::name).toList();
        for (String subset : rule.subsets()) {
            check.require(
                    known.contains(subset),
                    "subsets." + subset,
                    "is not among the subsets of the runs, " + known,
                    "evaluate with this subset, or leave it out of the rule");
        }
        check.done();
    }
}
