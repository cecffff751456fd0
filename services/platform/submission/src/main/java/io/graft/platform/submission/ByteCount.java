package io.graft.platform.submission;

import java.util.Locale;

/** Words for an amount of bytes in the arithmetic of an estimate. */
public final class ByteCount {
    private ByteCount() {}

    /** For example {@code 5,000,000 B}. */
    public static String text(long bytes) {
        return String.format(Locale.ROOT, "%,d B", bytes);
    }
}
