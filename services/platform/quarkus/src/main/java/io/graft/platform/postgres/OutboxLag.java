package io.graft.platform.postgres;

import java.time.Duration;

/**
 * How far publication is behind.
 *
 * @param pending events that wait
 * @param age of the oldest that waits; zero when none does
 * @param failed events that can't be published and were set aside
 */
public record OutboxLag(long pending, Duration age, long failed) {}
