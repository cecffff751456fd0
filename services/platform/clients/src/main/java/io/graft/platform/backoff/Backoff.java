package io.graft.platform.backoff;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Waits that double from {@code first} up to {@code longest}, each shortened at random by up to half, so that clients that
 * failed together don't come back together.
 *
 * @param tries how often to try in all, at least 1
 */
public record Backoff(int tries, Duration first, Duration longest) {
    private static final int MAX_DOUBLINGS = 30;

    public Backoff {
        if (tries < 1 || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("A backoff needs 1 try or more, and 0 <= first <= longest");
        }
    }

    /**
     * How long to wait after a failed try.
     *
     * @param failed tries that failed so far, from 1
     */
    public Duration after(int failed) {
        long limit = longest.toMillis();
        long full = Math.min(limit, first.toMillis() << Math.clamp(failed - 1L, 0, MAX_DOUBLINGS));
        long wait = full < 0 ? limit : full;
        return Duration.ofMillis(wait - ThreadLocalRandom.current().nextLong(wait / 2 + 1));
    }
}
