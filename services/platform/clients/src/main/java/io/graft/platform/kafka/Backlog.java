package io.graft.platform.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The messages of one partition that were fetched and not finished, in order, and when the first may be tried. */
final class Backlog {
    private final Queue<ConsumerRecord<String, byte[]>> records = new ArrayDeque<>();
    private int failures;
    private int outages;
    private long notBefore = System.nanoTime();

    void add(List<ConsumerRecord<String, byte[]>> fetched) {
        records.addAll(fetched);
    }

    /** The first message, if its time has come. */
    @Nullable
    ConsumerRecord<String, byte[]> due() {
        return nanosLeft() <= 0 ? records.peek() : null;
    }

    /** Nanoseconds until the first message may be tried; not positive when it may. */
    long nanosLeft() {
        return notBefore - System.nanoTime();
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    int size() {
        return records.size();
    }

    /** The first message is done with. */
    void finish() {
        records.remove();
        failures = 0;
        outages = 0;
    }

    /** Counts a failure of the first message. */
    int failed() {
        return ++failures;
    }

    /** Counts an outage that the first message met. */
    int outage() {
        return ++outages;
    }

    void postpone(Duration wait) {
        notBefore = System.nanoTime() + wait.toNanos();
    }
}
