package io.graft.cli.connection;

import java.security.SecureRandom;
import java.util.HexFormat;

/** One W3C trace for the whole run of a command; each call is a span of it. Thread-safe. */
final class Trace {
    private final SecureRandom random = new SecureRandom();
    private final String traceId = hex(16);

    /** A {@code traceparent} with a fresh span id, sampled. */
    String nextSpan() {
        return "00-" + traceId + "-" + hex(8) + "-01";
    }

    private String hex(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        value[0] |= 1;
        return HexFormat.of().formatHex(value);
    }
}
