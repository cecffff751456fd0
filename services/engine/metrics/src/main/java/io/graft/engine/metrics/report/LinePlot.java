package io.graft.engine.metrics.report;

import static io.graft.engine.metrics.report.Markup.at;
import static io.graft.engine.metrics.report.Markup.escape;
import static io.graft.engine.metrics.report.Markup.number;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Draws lines over one pair of axes, whose ends carry the numbers. */
final class LinePlot {
    private static final int LEFT = 80;
    private static final int TOP = 12;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 260;
    private static final int BOTTOM = 44;
    private static final int RIGHT = 180;
    private static final int STYLES = 4;

    private final ReportSection.Lines section;
    private final double left;
    private final double right;
    private final double low;
    private final double high;

    LinePlot(ReportSection.Lines section) {
        this.section = section;
        double[] x = all(point -> across(point.x()));
        double[] y = all(ReportSection.Lines.Point::y);
        this.left = x.length == 0 ? 0 : x[0];
        this.right = x.length == 0 || x[x.length - 1] == left ? left + 1 : x[x.length - 1];
        this.low = y.length == 0 ? 0 : y[0];
        this.high = y.length == 0 || y[y.length - 1] == low ? low + 1 : y[y.length - 1];
    }

    private double[] all(ToDoubleFunction<ReportSection.Lines.Point> value) {
        return section.lines().stream()
                .flatMap(line -> line.points().stream())
                .filter(this::isDrawn)
                .mapToDouble(value)
                .sorted()
                .toArray();
    }

    private boolean isDrawn(ReportSection.Lines.Point point) {
        return Double.isFinite(across(point.x())) && Double.isFinite(point.y());
    }

    private double across(double value) {
        return section.logarithmic() ? Math.log10(value) : value;
    }

    String svg() {
        StringBuilder out = new StringBuilder(Svg.open(LEFT + WIDTH + RIGHT, TOP + HEIGHT + BOTTOM, section.heading()));
        out.append(Svg.line("axis", LEFT, TOP + HEIGHT, LEFT + WIDTH, TOP + HEIGHT));
        out.append(Svg.line("axis", LEFT, TOP, LEFT, TOP + HEIGHT));
        double base = TOP + HEIGHT + 18.0;
        for (double end : new double[] {left, right}) {
            double x = section.logarithmic() ? Math.pow(10, end) : end;
            out.append(Svg.text(end == left ? "start" : "end", px(end), base, number(x)));
        }
        out.append(Svg.text("middle", LEFT + WIDTH / 2.0, base + 16, section.horizontal()));
        DoubleStream.of(low, high).forEach(y -> out.append(Svg.text("end", LEFT - 6.0, py(y) + 4, number(y))));
        out.append("<text text-anchor=\"middle\" transform=\"translate(14 %d) rotate(-90)\">%s</text>"
                .formatted(TOP + HEIGHT / 2, escape(section.vertical())));
        for (int i = 0; i < section.lines().size(); i++) {
            out.append(line(section.lines().get(i), i));
        }
        return out.append("</svg>").toString();
    }

    private String line(ReportSection.Lines.Line line, int index) {
        List<ReportSection.Lines.Point> points =
                line.points().stream().filter(this::isDrawn).toList();
        String style = "line line" + index % STYLES;
        String path = points.stream()
                .map(point -> at(px(across(point.x()))) + "," + at(py(point.y())))
                .collect(Collectors.joining(" "));
        StringBuilder out = new StringBuilder("<polyline class=\"%s\" points=\"%s\"><title>%s</title></polyline>"
                .formatted(style, path, escape(line.label())));
        if (!points.isEmpty()) {
            out.append(Svg.text("start", LEFT + WIDTH + 10, py(points.getLast().y()) + 4, line.label()));
        }
        return out.toString();
    }

    private double px(double across) {
        return LEFT + (across - left) / (right - left) * WIDTH;
    }

    private double py(double y) {
        return TOP + (high - y) / (high - low) * HEIGHT;
    }
}
