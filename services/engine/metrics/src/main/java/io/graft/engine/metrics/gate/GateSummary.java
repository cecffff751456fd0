package io.graft.engine.metrics.gate;

import io.graft.engine.metrics.comparison.Interval;
import io.graft.engine.metrics.comparison.McNemar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as plain maps, lists, texts and numbers, in the order and with the names of the job's report, for any writer of
 * JSON. What is infinite or undefined, such as a bound from a single example, is null, as JSON has no such numbers.
 */
public final class GateSummary {
    private GateSummary() {}

    /** The summary: {@code verdict}, {@code reason}, and the evidence. */
    public static Map<String, @Nullable Object> of(GateVerdict verdict) {
        Evidence evidence = verdict.evidence();
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("verdict", verdict.name());
        out.put("reason", verdict.reason());
        out.put("alpha", evidence.alpha());
        out.put("target", effect(evidence.target()));
        out.put("subsets", evidence.subsets().stream().map(GateSummary::effect).toList());
        out.put(
                "forgetting",
                evidence.forgetting().stream().map(GateSummary::effect).toList());
        out.put("findings", findings(evidence.findings()));
        out.put("data_digest", evidence.dataDigest());
        out.put("evaluator_version", evidence.evaluatorVersion());
        out.put("resamples", evidence.resamples());
        out.put("seed", evidence.seed());
        return out;
    }

    private static Map<String, @Nullable Object> effect(Effect effect) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("task", effect.task());
        out.put("metric", effect.metric());
        out.put("examples", effect.examples());
        out.put("candidate", finite(effect.candidate()));
        out.put("baseline", finite(effect.baseline()));
        out.put("gain", finite(effect.gain()));
        out.put("interval", interval(effect.interval()));
        out.put("bootstrap_interval", interval(effect.bootstrapInterval()));
        out.put("bootstrap_p", finite(effect.bootstrapP()));
        McNemar test = effect.mcNemar();
        if (test != null) {
            out.put("gained_examples", test.onlyCandidate());
            out.put("lost_examples", test.onlyBaseline());
            out.put("mcnemar_p", finite(test.p()));
        }
        return out;
    }

    private static Map<String, @Nullable Object> interval(Interval interval) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("low", finite(interval.low()));
        out.put("high", finite(interval.high()));
        out.put("level", finite(interval.level()));
        return out;
    }

    private static List<Map<String, @Nullable Object>> findings(List<Finding> findings) {
        return findings.stream().map(GateSummary::finding).toList();
    }

    private static Map<String, @Nullable Object> finding(Finding finding) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("condition", finding.condition());
        out.put("task", finding.task());
        out.put("examples", finding.examples());
        out.put("state", finding.state().name());
        out.put("observed", finite(finding.observed()));
        out.put("low", finite(finding.low()));
        out.put("high", finite(finding.high()));
        out.put("threshold", finite(finding.threshold()));
        out.put("examples_needed", finding.examplesNeeded());
        return out;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
