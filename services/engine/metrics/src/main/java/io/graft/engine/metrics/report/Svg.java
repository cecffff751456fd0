package io.graft.engine.metrics.report;

import static io.graft.engine.metrics.report.Markup.at;
import static io.graft.engine.metrics.report.Markup.escape;

/** Pieces of a picture. */
final class Svg {
    private static final int LABEL_CHARACTERS = 26;

    private Svg() {}

    static String open(int width, int height, String title) {
        return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">".formatted(width, height, escape(title));
    }

    static String line(String kind, double x1, double y1, double x2, double y2) {
        return "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
                .formatted(kind, at(x1), at(y1), at(x2), at(y2));
    }

    static String bar(String kind, double x, double y, double width, double height, String title) {
        return "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>"
                .formatted(kind, at(x), at(y), at(width), at(height), escape(title));
    }

    static String text(String anchor, double x, double y, String text) {
        return "<text text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>".formatted(anchor, at(x), at(y), escape(text));
    }

    /** Text that ends at a place, cut to fit; the whole of it shows as a title. */
    static String label(String text, double x, double y) {
        int[] points = text.codePoints().toArray();
        String shown = points.length <= LABEL_CHARACTERS ? text : new String(points, 0, LABEL_CHARACTERS - 1) + "…";
        return "<text text-anchor=\"end\" x=\"%s\" y=\"%s\">%s<title>%s</title></text>"
                .formatted(at(x), at(y), escape(shown), escape(text));
    }
}
