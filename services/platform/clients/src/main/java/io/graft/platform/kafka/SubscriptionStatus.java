package io.graft.platform.kafka;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription has done, and whether it gets on.
 *
 * @param running false once its thread has ended, whatever the reason
 * @param connected whether it has a connection to a broker and partitions to read
 * @param lastTurn when it last asked the broker
 * @param handled messages that the handler took
 * @param retried tries that failed and were or will be made again
 * @param deadLettered messages sent to the dead letters
 * @param lag messages known to the consumer that are not finished
 * @param waitingSince since when there was lag and no message was finished; null while there is no lag
 */
public record SubscriptionStatus(
        boolean running,
        boolean connected,
        Instant lastTurn,
        long handled,
        long retried,
        long deadLettered,
        long lag,
        @Nullable Instant waitingSince) {

    /** Whether everything that was sent has been taken, as far as the broker tells. */
    public boolean isUpToDate() {
        return running && connected && lag == 0;
    }

    /**
     * Whether the subscription lives: its thread takes turns, and its lag moves. A broker that is away is not its fault: lag
     * isn't known to grow then.
     */
    public boolean moves(Instant now, Duration patience) {
        Instant limit = now.minus(patience);
        return running && lastTurn.isAfter(limit) && (waitingSince == null || waitingSince.isAfter(limit));
    }
}
