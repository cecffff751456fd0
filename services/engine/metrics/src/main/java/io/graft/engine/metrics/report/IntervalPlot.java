package io.graft.engine.metrics.report;

import static io.graft.engine.metrics.report.Markup.at;
import static io.graft.engine.metrics.report.Markup.escape;
import static io.graft.engine.metrics.report.Markup.number;

import java.util.List;
import java.util.stream.DoubleStream;

/** Draws values with intervals as dots on lines, one row each. */
final class IntervalPlot {
    private static final int LABELS = 180;
    private static final int WIDTH = 640;
    private static final int NUMBERS = 190;
    private static final int ROW = 26;
    private static final int NEAR = 80;

    private final ReportSection.Intervals section;
    private final double low;
    private final double high;

    IntervalPlot(ReportSection.Intervals section) {
        this.section = section;
        double[] values = section.ranges().stream()
                .filter(ReportSection.Intervals.Range::isFinite)
                .flatMapToDouble(r -> DoubleStream.of(r.low(), r.high(), r.value()))
                .toArray();
        double reference = section.reference();
        DoubleStream shown = Double.isFinite(reference)
                ? DoubleStream.concat(DoubleStream.of(values), DoubleStream.of(reference))
                : DoubleStream.of(values);
        double[] all = shown.sorted().toArray();
        double first = all.length == 0 ? 0 : all[0];
        double last = all.length == 0 ? 1 : all[all.length - 1];
        double margin = last > first ? (last - first) / 20 : 0.5;
        low = first - margin;
        high = last + margin;
    }

    String svg() {
        List<ReportSection.Intervals.Range> ranges = section.ranges();
        int height = ranges.size() * ROW + ROW;
        StringBuilder out = new StringBuilder(Svg.open(LABELS + WIDTH + NUMBERS, height, section.heading()));
        if (Double.isFinite(section.reference())) {
            double x = x(section.reference());
            out.append(Svg.line("reference", x, 0, x, ranges.size() * (double) ROW));
            out.append(Svg.text("middle", x, ranges.size() * (double) ROW + 18, number(section.reference())));
        }
        for (int i = 0; i < ranges.size(); i++) {
            row(out, ranges.get(i), i * ROW + ROW / 2.0);
        }
        double base = ranges.size() * (double) ROW;
        out.append(Svg.line("axis", LABELS, base, LABELS + WIDTH, base));
        double reference = Double.isFinite(section.reference()) ? x(section.reference()) : Double.NaN;
        if (!(reference < LABELS + NEAR)) {
            out.append(Svg.text("start", LABELS, base + 18, number(low)));
        }
        if (!(reference > LABELS + WIDTH - NEAR)) {
            out.append(Svg.text("end", LABELS + WIDTH, base + 18, number(high)));
        }
        return out.append("</svg>").toString();
    }

    private void row(StringBuilder out, ReportSection.Intervals.Range range, double y) {
        out.append(Svg.label(range.label(), LABELS - 10, y + 4));
        String numbers = "%s [%s, %s]".formatted(number(range.value()), number(range.low()), number(range.high()));
        out.append(Svg.text("start", LABELS + WIDTH + 10, y + 4, numbers));
        if (range.isFinite()) {
            out.append(Svg.line("interval", x(range.low()), y, x(range.high()), y));
            out.append("<circle class=\"dot\" cx=\"%s\" cy=\"%s\" r=\"5\"><title>%s %s</title></circle>"
                    .formatted(at(x(range.value())), at(y), escape(range.label()), escape(numbers)));
        }
    }

    private double x(double value) {
        return LABELS + (value - low) / (high - low) * WIDTH;
    }
}
