package io.graft.engine.metrics.report;

import static io.graft.engine.metrics.report.Markup.escape;
import static io.graft.engine.metrics.report.Markup.number;

import io.graft.engine.metrics.comparison.McNemar;
import io.graft.engine.metrics.gate.Effect;
import io.graft.engine.metrics.gate.Evidence;
import io.graft.engine.metrics.gate.Finding;
import io.graft.engine.metrics.gate.GateVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows a gate's answer: the word, the gains and losses with their intervals, and each condition. */
final class DecisionView {
    private DecisionView() {}

    static String html(ReportSection.Decision section) {
        GateVerdict verdict = section.verdict();
        Evidence evidence = verdict.evidence();
        return "<p class=\"verdict %s\">%s</p><p>%s</p>"
                        .formatted(
                                verdict.name().toLowerCase(Locale.ROOT),
                                escape(verdict.name()),
                                escape(verdict.reason()))
                + gains(evidence)
                + TableView.html(effects(evidence))
                + TableView.html(findings(evidence))
                + "<p>alpha %s, %d resamples, seed %d, data %s, evaluator %s</p>"
                        .formatted(
                                number(evidence.alpha()),
                                evidence.resamples(),
                                evidence.seed(),
                                escape(evidence.dataDigest()),
                                escape(evidence.evaluatorVersion()));
    }

    private static List<Effect> all(Evidence evidence) {
        List<Effect> all = new ArrayList<>();
        all.add(evidence.target());
        all.addAll(evidence.subsets());
        all.addAll(evidence.forgetting());
        return all;
    }

    private static String gains(Evidence evidence) {
        List<ReportSection.Intervals.Range> ranges = all(evidence).stream()
                .map(e -> new ReportSection.Intervals.Range(
                        e.task(), e.gain(), e.interval().low(), e.interval().high()))
                .toList();
        return new IntervalPlot(new ReportSection.Intervals("Gain over the baseline", ranges, 0)).svg();
    }

    private static ReportSection.Table effects(Evidence evidence) {
        List<String> columns =
                List.of("task", "metric", "examples", "candidate", "baseline", "gain", "gained / lost", "p (McNemar)");
        return new ReportSection.Table(
                "Gain and forgetting",
                columns,
                all(evidence).stream().map(DecisionView::row).toList());
    }

    private static List<String> row(Effect effect) {
        McNemar test = effect.mcNemar();
        return List.of(
                effect.task(),
                effect.metric(),
                String.valueOf(effect.examples()),
                number(effect.candidate()),
                number(effect.baseline()),
                number(effect.gain()),
                test == null ? "–" : test.onlyCandidate() + " / " + test.onlyBaseline(),
                test == null ? "–" : number(test.p()));
    }

    private static ReportSection.Table findings(Evidence evidence) {
        List<String> columns =
                List.of("condition", "task", "examples", "observed", "low", "high", "threshold", "state");
        List<List<String>> rows = evidence.findings().stream()
                .map(f -> List.of(
                        f.condition(),
                        f.task(),
                        String.valueOf(f.examples()),
                        number(f.observed()),
                        number(f.low()),
                        number(f.high()),
                        number(f.threshold()),
                        state(f)))
                .toList();
        return new ReportSection.Table("Conditions", columns, rows);
    }

    private static String state(Finding finding) {
        return finding.state() == Finding.State.UNKNOWN && finding.examplesNeeded() < Long.MAX_VALUE
                ? "unknown; about " + finding.examplesNeeded() + " examples needed"
                : finding.state().name().toLowerCase(Locale.ROOT);
    }
}
