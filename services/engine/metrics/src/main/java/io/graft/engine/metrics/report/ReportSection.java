package io.graft.engine.metrics.report;

import io.graft.engine.metrics.calibration.ReliabilityBin;
import io.graft.engine.metrics.gate.GateVerdict;
import java.util.List;

/** A part of a {@link Report} under a heading of its own. */
public sealed interface ReportSection {
    /** The heading. */
    String heading();

    /** A paragraph. */
    record Note(String heading, String text) implements ReportSection {}

    /**
     * Rows of text.
     *
     * @param rows each as long as the columns
     */
    record Table(String heading, List<String> columns, List<List<String>> rows) implements ReportSection {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Values with confidence intervals, on one axis.
     *
     * @param reference where a line is drawn, such as 0 for differences; NaN for none
     */
    record Intervals(String heading, List<Range> ranges, double reference) implements ReportSection {
        public Intervals {
            ranges = List.copyOf(ranges);
        }

        /** One value; all three finite, or it is left out of the picture and said so. */
        public record Range(String label, double value, double low, double high) {
            boolean isFinite() {
                return Double.isFinite(value) && Double.isFinite(low) && Double.isFinite(high);
            }
        }
    }

    /** Accuracy over confidence, beside the diagonal of a calibrated model. */
    record ReliabilityDiagram(String heading, List<ReliabilityBin> bins) implements ReportSection {
        public ReliabilityDiagram {
            bins = List.copyOf(bins);
        }
    }

    /**
     * One bar a class or any other part; the first 100 are drawn and the rest counted.
     *
     * @param marking what marked bars are, such as {@code pruned}; blank when none is marked
     */
    record Bars(String heading, List<Bar> bars, String marking) implements ReportSection {
        public Bars {
            bars = List.copyOf(bars);
        }

        /** A bar; negative and not finite values are drawn as 0, with their number beside them. */
        public record Bar(String label, double value, boolean marked) {}
    }

    /**
     * Lines over one pair of axes; points that are not finite are left out.
     *
     * @param horizontal what the points' x is
     * @param vertical what their y is
     * @param logarithmic whether x is drawn by its logarithm; points that are not above 0 are left out then
     */
    record Lines(String heading, String horizontal, String vertical, boolean logarithmic, List<Line> lines)
            implements ReportSection {
        public Lines {
            lines = List.copyOf(lines);
        }

        /** One line, its points from left to right. */
        public record Line(String label, List<Point> points) {
            public Line {
                points = List.copyOf(points);
            }
        }

        /** A point of a line. */
        public record Point(double x, double y) {}
    }

    /** The answer of a gate with its evidence. */
    record Decision(String heading, GateVerdict verdict) implements ReportSection {}
}
