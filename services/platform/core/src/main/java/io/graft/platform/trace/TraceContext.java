package io.graft.platform.trace;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * W3C trace context (level 1): what ties a call, its job, its worker and its events together.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 lower-case hexadecimal digits, not all zero
 * @param flags 2 hexadecimal digits
 */
public record TraceContext(String traceId, String spanId, String flags) {
    /** Name of the header, the metadata key and the CloudEvents extension. */
    public static final String HEADER = "traceparent";

    private static final Pattern FORMAT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Reads a {@code traceparent}; empty when it is malformed, which the specification says to ignore. */
    public static Optional<TraceContext> parse(String traceparent) {
        Matcher matcher = FORMAT.matcher(traceparent);
        if (!matcher.matches()
                || matcher.group(1).equals("0".repeat(32))
                || matcher.group(2).equals("0".repeat(16))) {
            return Optional.empty();
        }
        return Optional.of(new TraceContext(matcher.group(1), matcher.group(2), matcher.group(3)));
    }

    /** Begins a new trace. */
    public static TraceContext begin() {
        return new TraceContext(hex(16), hex(8), "01");
    }

    /** The same trace, one step further. */
    public TraceContext child() {
        return new TraceContext(traceId, hex(8), flags);
    }

    /** The header's value. */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + "-" + flags;
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
