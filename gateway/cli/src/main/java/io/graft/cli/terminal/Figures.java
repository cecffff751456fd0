package io.graft.cli.terminal;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Quantities as people read them. */
public final class Figures {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Figures() {}

    /** Bytes with a decimal unit and three significant digits, for example {@code 1.34 GB}. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", value, UNITS[unit]);
    }

    /** A count with a thousands separator. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A measurement with six significant digits at most, for example {@code 0.892} or {@code 1.5e-05}. */
    public static String number(double value) {
        if (!Double.isFinite(value) || (value == Math.rint(value) && Math.abs(value) < 1e9)) {
            return Double.isFinite(value) ? Long.toString((long) value) : Double.toString(value);
        }
        String text = String.format(Locale.ROOT, "%.6g", value);
        return text.contains("e") ? text : text.replaceAll("0+$", "");
    }

    /** A span to the second, for example {@code 1m 05s}. */
    public static String span(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 60) {
            return seconds + "s";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%dh %02dm", seconds / 3600, seconds / 60 % 60);
    }

    /** An instant in UTC to the second; empty when unset. */
    public static String time(Timestamp time) {
        return time.equals(Timestamp.getDefaultInstance())
                ? ""
                : Instant.ofEpochSecond(time.getSeconds())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString();
    }

    /** An enum constant of the API without its prefix, for example {@code SUCCEEDED} of {@code JOB_STATE_SUCCEEDED}. */
    public static String name(Enum<?> constant, String prefix) {
        return constant.name().startsWith(prefix) ? constant.name().substring(prefix.length()) : constant.name();
    }
}
