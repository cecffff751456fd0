package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.comparison.McNemar;
import io.graft.engine.metrics.gate.Effect;
import io.graft.engine.metrics.gate.Finding;
import io.graft.engine.metrics.gate.GateRule;
import io.graft.engine.metrics.gate.GateVerdict;
import io.graft.v1.GateDecision;
import io.graft.v1.GateFinding;
import io.graft.v1.GateInterval;
import io.graft.v1.GateSubset;

/** Rules and verdicts of gates, between messages and the engine. */
final class GateMessages {
    private GateMessages() {}

    /** The engine's rule; alpha and the conditions are those of the message, which has its defaults already. */
    static GateRule rule(io.graft.v1.GateRule rule) {
        return new GateRule(
                rule.getMetric(),
                rule.hasMinAbs() ? rule.getMinAbs() : null,
                rule.hasMaxRegression() ? rule.getMaxRegression() : null,
                rule.getAlpha(),
                rule.hasMinEffect() ? rule.getMinEffect() : null,
                rule.getSubsetsList().stream().map(GateSubset::getName).toList());
    }

    /** The message of a verdict on a rule. */
    static io.graft.v1.GateVerdict verdict(GateVerdict verdict, io.graft.v1.GateRule rule) {
        Effect effect = verdict.evidence().target();
        io.graft.v1.GateVerdict.Builder message = io.graft.v1.GateVerdict.newBuilder()
                .setDecision(decision(verdict))
                .setMetric(effect.metric())
                .setCandidate(effect.candidate())
                .setBaseline(effect.baseline())
                .setDifference(effect.gain())
                .setInterval(GateInterval.newBuilder()
                        .setLow(effect.interval().low())
                        .setHigh(effect.interval().high())
                        .setLevel(effect.interval().level()))
                .setExamples(effect.examples())
                .setReason(verdict.reason())
                .setRule(rule);
        McNemar test = effect.mcNemar();
        if (test != null) {
            message.setPValue(test.p());
        }
        verdict.evidence()
                .findings()
                .forEach(finding -> message.addFindings(
                        finding(finding).setSubset(finding.task().equals(effect.task()) ? "" : finding.task())));
        return message.build();
    }

    private static GateFinding.Builder finding(Finding finding) {
        long needed = finding.examplesNeeded();
        return GateFinding.newBuilder()
                .setCondition(finding.condition())
                .setDecision(
                        switch (finding.state()) {
                            case HOLDS -> GateDecision.GATE_DECISION_PASS;
                            case BROKEN -> GateDecision.GATE_DECISION_FAIL;
                            case UNKNOWN -> GateDecision.GATE_DECISION_INCONCLUSIVE;
                        })
                .setObserved(finding.observed())
                .setLow(finding.low())
                .setHigh(finding.high())
                .setThreshold(finding.threshold())
                .setExamplesNeeded(needed == Long.MAX_VALUE ? 0 : needed)
                .setExamples(finding.examples());
    }

    private static GateDecision decision(GateVerdict verdict) {
        return switch (verdict) {
            case GateVerdict.Pass ignored -> GateDecision.GATE_DECISION_PASS;
            case GateVerdict.Fail ignored -> GateDecision.GATE_DECISION_FAIL;
            case GateVerdict.Inconclusive ignored -> GateDecision.GATE_DECISION_INCONCLUSIVE;
        };
    }
}
