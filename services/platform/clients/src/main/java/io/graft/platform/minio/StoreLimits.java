package io.graft.platform.minio;

import io.graft.platform.backoff.Backoff;
import java.time.Duration;

/**
 * How hard a store is tried and how much goes at once.
 *
 * @param backoff tries of one request
 * @param connect longest time to connect
 * @param silence longest time without a byte, in either direction
 * @param partBytes length of a part of a multipart upload; 5 MiB at least, which the protocol asks for
 * @param pageKeys keys that one listing request answers
 */
public record StoreLimits(Backoff backoff, Duration connect, Duration silence, long partBytes, int pageKeys) {
    private static final int MAX_PARTS = 10_000;

    /** Gives up on a dead store after about 10 seconds; parts of 16 MiB. */
    public static final StoreLimits DEFAULT = new StoreLimits(
            new Backoff(7, Duration.ofMillis(200), Duration.ofSeconds(4)),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            16L << 20,
            1000);

    /** Part length for an object of {@code size} bytes: longer than {@link #partBytes} only where 10,000 parts would not do. */
    long partBytesFor(long size) {
        return Math.max(partBytes, (size + MAX_PARTS - 1) / MAX_PARTS);
    }
}
