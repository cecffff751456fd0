package io.graft.cli.job;

import io.graft.cli.terminal.Figures;
import io.graft.v1.GateDecision;
import io.graft.v1.GateFinding;
import io.graft.v1.GateInterval;
import io.graft.v1.GateRule;
import io.graft.v1.GateSubset;
import io.graft.v1.GateVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A gate's verdict as people read it. */
public final class GateText {
    private GateText() {}

    /** The decision with the interval, and a line for each condition. */
    public static String of(GateVerdict verdict) {
        List<String> lines = new ArrayList<>();
        lines.add(decision(verdict.getDecision()) + ": " + verdict.getMetric() + " "
                + Figures.number(verdict.getCandidate()) + " against " + Figures.number(verdict.getBaseline())
                + " on " + Figures.count(verdict.getExamples()) + " rows");
        GateInterval interval = verdict.getInterval();
        lines.add(String.format(
                Locale.ROOT,
                "gain %+.4f, interval %+.4f to %+.4f at %.2f%s",
                verdict.getDifference(),
                interval.getLow(),
                interval.getHigh(),
                interval.getLevel(),
                verdict.hasPValue() ? String.format(Locale.ROOT, " (p %.3g)", verdict.getPValue()) : ""));
        if (verdict.getRule().getSubsetsCount() > 0) {
            verdict.getFindingsList().forEach(finding -> lines.add(finding(finding)));
        } else {
            lines.addAll(List.of(verdict.getReason().split("; ")));
        }
        return String.join("\n", lines);
    }

    private static String finding(GateFinding finding) {
        String needed = finding.getExamplesNeeded() == 0
                ? ""
                : "; about " + Figures.count(finding.getExamplesNeeded()) + " rows would decide";
        return String.format(
                Locale.ROOT,
                "%s %s on %s (%s rows): observed %.4f, bounds %.4f and %.4f, threshold %.4f%s",
                decision(finding.getDecision()),
                finding.getCondition(),
                finding.getSubset().isEmpty() ? "all rows" : finding.getSubset(),
                Figures.count(finding.getExamples()),
                finding.getObserved(),
                finding.getLow(),
                finding.getHigh(),
                finding.getThreshold(),
                needed);
    }

    /** {@code PASS}, {@code FAIL} or {@code INCONCLUSIVE}. */
    public static String decision(GateDecision decision) {
        return Figures.name(decision, "GATE_DECISION_");
    }

    private static String subsets(GateRule rule) {
        return rule.getSubsetsCount() == 0
                ? ""
                : rule.getSubsetsList().stream()
                        .map(GateSubset::getName)
                        .collect(Collectors.joining(", ", ", on all rows and in each of ", ""));
    }

    /** The conditions of a rule, in words. */
    public static String rule(GateRule rule) {
        List<String> conditions = new ArrayList<>();
        if (rule.hasMinAbs()) {
            conditions.add("reach " + Figures.number(rule.getMinAbs()));
        }
        if (rule.hasMaxRegression()) {
            conditions.add("lose at most " + Figures.number(rule.getMaxRegression()));
        }
        if (rule.hasMinEffect()) {
            conditions.add("gain more than " + Figures.number(rule.getMinEffect()));
        }
        return String.join(", ", conditions) + " in " + rule.getMetric() + ", at alpha "
                + Figures.number(rule.getAlpha()) + subsets(rule);
    }
}
