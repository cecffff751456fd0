package io.graft.engine.metrics.report;

import static io.graft.engine.metrics.report.Markup.escape;
import static io.graft.engine.metrics.report.Markup.number;

import java.util.List;

/** Draws one horizontal bar a row. */
final class BarPlot {
    private static final int SHOWN = 100;
    private static final int LABELS = 180;
    private static final int WIDTH = 640;
    private static final int NUMBERS = 120;
    private static final int ROW = 20;

    private BarPlot() {}

    static String svg(ReportSection.Bars section) {
        List<ReportSection.Bars.Bar> bars = section.bars().stream().limit(SHOWN).toList();
        double largest = bars.stream()
                .mapToDouble(ReportSection.Bars.Bar::value)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        StringBuilder out = new StringBuilder(
                Svg.open(LABELS + WIDTH + NUMBERS, Math.max(1, bars.size()) * ROW, section.heading()));
        for (int i = 0; i < bars.size(); i++) {
            ReportSection.Bars.Bar bar = bars.get(i);
            double y = i * (double) ROW;
            double share = Double.isFinite(bar.value()) && largest > 0 ? Math.max(0, bar.value() / largest) : 0;
            String title = bar.label() + " " + number(bar.value()) + (bar.marked() ? ", " + section.marking() : "");
            out.append(Svg.label(bar.label(), LABELS - 10, y + 14));
            out.append(Svg.bar(bar.marked() ? "marked" : "bar", LABELS, y + 3, share * WIDTH, ROW - 6.0, title));
            out.append(Svg.text("start", LABELS + share * WIDTH + 8, y + 14, number(bar.value())));
        }
        return out.append("</svg>").append(legend(section)).toString();
    }

    private static String legend(ReportSection.Bars section) {
        long marked =
                section.bars().stream().filter(ReportSection.Bars.Bar::marked).count();
        int hidden = section.bars().size() - SHOWN;
        StringBuilder out = new StringBuilder();
        if (marked > 0) {
            out.append("<p class=\"key\">%s: %d of %d</p>"
                    .formatted(escape(section.marking()), marked, section.bars().size()));
        }
        if (hidden > 0) {
            out.append("<p>%d more are not drawn.</p>".formatted(hidden));
        }
        return out.toString();
    }
}
