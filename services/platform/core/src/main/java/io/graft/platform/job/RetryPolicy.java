package io.graft.platform.job;

import io.graft.v1.FailureReason;
import java.time.Duration;

/**
 * When a failed attempt is followed by another.
 *
 * @param maxAttempts attempts in all, at least 1
 * @param firstDelay wait before the second attempt; doubles with each further one
 * @param maxDelay longest wait
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay) {
    /** Five attempts, waiting 1 s, 2 s, 4 s, 8 s. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofMinutes(2));

    /** Whether another attempt follows attempt {@code attempt}, counted from 1, that failed for {@code reason}. */
    public boolean retries(FailureReason reason, int attempt) {
        return isTransient(reason) && attempt < maxAttempts;
    }

    /** Whether the same attempt may go well another time. */
    static boolean isTransient(FailureReason reason) {
        return switch (reason) {
            case FAILURE_REASON_INFRASTRUCTURE, FAILURE_REASON_PREEMPTED -> true;
            case FAILURE_REASON_UNSPECIFIED,
                    FAILURE_REASON_USER_ERROR,
                    FAILURE_REASON_DATA,
                    FAILURE_REASON_OUT_OF_MEMORY,
                    FAILURE_REASON_DIVERGED,
                    FAILURE_REASON_DEADLINE,
                    UNRECOGNIZED -> false;
        };
    }

    /** How long to wait after attempt {@code attempt}, counted from 1. */
    public Duration delayAfter(int attempt) {
        Duration delay = firstDelay.multipliedBy(1L << Math.min(attempt - 1, 20));
        return delay.compareTo(maxDelay) > 0 ? maxDelay : delay;
    }
}
