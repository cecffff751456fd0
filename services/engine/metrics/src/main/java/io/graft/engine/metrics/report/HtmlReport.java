package io.graft.engine.metrics.report;

import static io.graft.engine.metrics.report.Markup.escape;

import java.util.stream.Collectors;

/**
 * Writes a {@link Report} as one HTML page in UTF-8, light or dark as the reader's system is. A content security policy in
 * the page forbids scripts and all requests, should a text ever get through unescaped.
 */
public final class HtmlReport {
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1c2430; --page: #ffffff; --quiet: #6b7685; --rule: #d5dbe3;
              --bar: #2f6fb5; --marked: #c2571a; --pass: #1b7f4b; --fail: #b3261e; --open: #8a6100; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e4e9f0; --page: #14181e; --quiet: #97a3b3;
              --rule: #37404c; --bar: #6ea8e6; --marked: #f0914f; --pass: #58c78d; --fail: #f2837b; --open: #e0b34c; } }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); margin: 2rem auto;
              max-width: 66rem; padding: 0 1rem; }
            h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; }
            dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
            .scroll { overflow-x: auto; margin: 1rem 0; } table { border-collapse: collapse; }
            th, td { text-align: left; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--rule); }
            th { color: var(--quiet); font-weight: 600; } td { font-variant-numeric: tabular-nums; }
            svg { width: 100%; max-width: 64rem; height: auto; } svg[viewBox^="0 0 370"] { max-width: 26rem; }
            svg text { font-size: 12px; fill: var(--ink); }
            .bar { fill: var(--bar); } .marked { fill: var(--marked); } .dot { fill: var(--bar); }
            .interval { stroke: var(--bar); stroke-width: 3; } .axis { stroke: var(--quiet); }
            .line { fill: none; stroke: var(--bar); stroke-width: 2; } .line1 { stroke: var(--marked); }
            .line2 { stroke-dasharray: 6 3; } .line3 { stroke: var(--marked); stroke-dasharray: 6 3; }
            .reference { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3; } .key { color: var(--marked); }
            .verdict { font-size: 1.5rem; font-weight: 700; } .pass { color: var(--pass); } .fail { color: var(--fail); }
            .inconclusive { color: var(--open); }
            """;

    private HtmlReport() {}

    /** The whole page. */
    public static String of(Report report) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"
                + escape(report.title()) + "</title><style>\n" + STYLE + "</style></head><body><main><h1>"
                + escape(report.title()) + "</h1>" + facts(report)
                + report.sections().stream().map(HtmlReport::section).collect(Collectors.joining())
                + "</main></body></html>\n";
    }

    private static String facts(Report report) {
        return report.facts().stream()
                .map(fact -> "<dt>" + escape(fact.name()) + "</dt><dd>" + escape(fact.value()) + "</dd>")
                .collect(Collectors.joining("", "<dl>", "</dl>"));
    }

    private static String section(ReportSection section) {
        String content = switch (section) {
            case ReportSection.Note note -> "<p>" + escape(note.text()) + "</p>";
            case ReportSection.Table table -> TableView.html(table);
            case ReportSection.Intervals intervals -> new IntervalPlot(intervals).svg();
            case ReportSection.ReliabilityDiagram diagram -> ReliabilityPlot.svg(diagram);
            case ReportSection.Bars bars -> BarPlot.svg(bars);
            case ReportSection.Lines lines -> new LinePlot(lines).svg();
            case ReportSection.Decision decision -> DecisionView.html(decision);
        };
        return "<section><h2>" + escape(section.heading()) + "</h2>" + content + "</section>";
    }
}
