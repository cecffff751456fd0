package io.graft.engine.metrics.report;

import static io.graft.engine.metrics.report.Markup.number;

import io.graft.engine.metrics.calibration.ReliabilityBin;

/** Draws a reliability diagram: bars as high as the accuracy, on the confidences they stand for, and the diagonal. */
final class ReliabilityPlot {
    private static final int SIDE = 320;
    private static final int LEFT = 40;
    private static final int TOP = 10;
    private static final int BOTTOM = 40;

    private ReliabilityPlot() {}

    static String svg(ReportSection.ReliabilityDiagram section) {
        StringBuilder out = new StringBuilder(Svg.open(LEFT + SIDE + 10, TOP + SIDE + BOTTOM, section.heading()));
        for (ReliabilityBin bin : section.bins()) {
            if (bin.count() > 0) {
                double left = x(bin.low());
                double width = Math.max(2, x(bin.high()) - left - 1);
                String title = "confidence %s, accuracy %s, %d predictions"
                        .formatted(number(bin.confidence()), number(bin.accuracy()), bin.count());
                out.append(Svg.bar("bar", left, y(bin.accuracy()), width, SIDE * bin.accuracy(), title));
            }
        }
        out.append(Svg.line("reference", x(0), y(0), x(1), y(1)));
        out.append(Svg.line("axis", x(0), y(0), x(1), y(0)));
        out.append(Svg.line("axis", x(0), y(0), x(0), y(1)));
        out.append(Svg.text("middle", x(0.5), TOP + SIDE + 34.0, "confidence"));
        out.append("<text text-anchor=\"middle\" transform=\"translate(12 %d) rotate(-90)\">accuracy</text>"
                .formatted(TOP + SIDE / 4));
        for (double tick : new double[] {0, 0.5, 1}) {
            out.append(Svg.text("middle", x(tick), TOP + SIDE + 18.0, number(tick)));
            out.append(Svg.text("end", LEFT - 6.0, y(tick) + 4, number(tick)));
        }
        return out.append("</svg>").toString();
    }

    private static double x(double confidence) {
        return LEFT + confidence * SIDE;
    }

    private static double y(double accuracy) {
        return TOP + (1 - accuracy) * SIDE;
    }
}
