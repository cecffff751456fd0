package io.graft.platform.kafka;

import io.graft.platform.backoff.Backoff;
import java.time.Duration;
import java.util.Set;

/**
 * What a subscription reads and how patient it is.
 *
 * @param group consumer group; members share the partitions
 * @param topics topics to read, from the earliest message at first
 * @param failures tries of a message whose handler fails, before it goes to the dead letters
 * @param outages waits while something that the handler needs is unavailable; its number of tries is not a limit
 */
public record SubscriptionSettings(String group, Set<String> topics, Backoff failures, Backoff outages) {
    private static final Backoff FAILURES = new Backoff(3, Duration.ofMillis(200), Duration.ofSeconds(2));
    private static final Backoff OUTAGES = new Backoff(1, Duration.ofMillis(200), Duration.ofSeconds(10));

    public SubscriptionSettings {
        topics = Set.copyOf(topics);
    }

    /** Three tries for a failing message; waits of 10 seconds at most during an outage. */
    public static SubscriptionSettings of(String group, Set<String> topics) {
        return new SubscriptionSettings(group, topics, FAILURES, OUTAGES);
    }
}
