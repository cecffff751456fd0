package io.graft.platform.postgres;

import java.time.Duration;

/**
 * How an outbox is emptied.
 *
 * @param pollInterval longest wait between the commit of an event and its publication, when nobody wakes the relay
 * @param batchSize events that are published at once, at least 1
 * @param retention how long published events are kept
 * @param inboxRetention how long the ids of taken events are kept; longer than Kafka keeps the events
 */
public record OutboxSettings(Duration pollInterval, int batchSize, Duration retention, Duration inboxRetention) {
    /** 100 ms, 200 events, 3 days, 30 days. */
    public static final OutboxSettings DEFAULT =
            new OutboxSettings(Duration.ofMillis(100), 200, Duration.ofDays(3), Duration.ofDays(30));
}
