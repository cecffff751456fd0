package io.graft.engine.metrics.report;

import java.util.Locale;

/** Text and numbers as HTML. */
final class Markup {
    private Markup() {}

    /** Safe between tags and inside quoted attributes. Characters that XML forbids become a replacement character. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
            }
        });
        return out.toString();
    }

    private static boolean isAllowed(int c) {
        return c == '\t'
                || c == '\n'
                || (c >= ' ' && c != 0x7F && !(c >= 0xD800 && c <= 0xDFFF) && (c < 0xFFFE || c > 0xFFFF));
    }

    /** Four significant digits; large and small ones with an exponent. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞";
        }
        double size = Math.abs(value);
        boolean plain = value == 0 || (size >= 1e-3 && size < 1e6);
        String text = String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
        return plain && text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    /** A coordinate. */
    static String at(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
