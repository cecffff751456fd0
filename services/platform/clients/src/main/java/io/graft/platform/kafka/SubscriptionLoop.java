package io.graft.platform.kafka;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.platform.event.EventHandler;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turns of a subscription: fetch, handle what is due for a second at most, commit, and so on. Partitions with a backlog
 * are paused, so that asking the broker, which keeps the membership alive, brings no more of them.
 */
final class SubscriptionLoop implements Runnable, ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionLoop.class);
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long WORK = TimeUnit.SECONDS.toNanos(1);

    private final SubscriptionSettings settings;
    private final EventHandler handler;
    private final KafkaConsumer<String, byte[]> consumer;
    private final DeadLetters deadLetters;
    private final SubscriptionGauge gauge;
    private final Map<TopicPartition, Backlog> backlogs = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> finished = new HashMap<>();
    private volatile boolean stopping;

    SubscriptionLoop(
            SubscriptionSettings settings,
            EventHandler handler,
            KafkaConsumer<String, byte[]> consumer,
            DeadLetters deadLetters,
            SubscriptionGauge gauge) {
        this.settings = settings;
        this.handler = handler;
        this.consumer = consumer;
        this.deadLetters = deadLetters;
        this.gauge = gauge;
    }

    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    SubscriptionStatus status() {
        return gauge.status();
    }

    @Override
    public void run() {
        try (consumer;
                deadLetters) {
            consumer.subscribe(settings.topics(), this);
            int failed = 0;
            while (!stopping) {
                try {
                    turn();
                    failed = 0;
                } catch (WakeupException e) {
                    LOG.debug("Subscription {} was woken", settings.group());
                } catch (KafkaException e) {
                    failed++;
                    LOG.warn("Subscription {} can't read, it tries again", settings.group(), e);
                    TimeUnit.MILLISECONDS.sleep(settings.outages().after(failed).toMillis());
                }
            }
            commitLast();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            gauge.ended();
        }
    }

    private void turn() {
        ConsumerRecords<String, byte[]> fetched = consumer.poll(Duration.ofNanos(longestWait()));
        for (TopicPartition partition : fetched.partitions()) {
            backlogs.computeIfAbsent(partition, p -> new Backlog()).add(fetched.records(partition));
        }
        gauge.turn(lag(), isConnected());
        work();
        commit();
        pauseBusyPartitions();
        gauge.turn(lag(), isConnected());
    }

    private long longestWait() {
        long wait = LONGEST_WAIT;
        for (Backlog backlog : backlogs.values()) {
            if (!backlog.isEmpty()) {
                wait = Math.min(wait, Math.max(0, backlog.nanosLeft()));
            }
        }
        return wait;
    }

    private void work() {
        long end = System.nanoTime() + WORK;
        boolean worked = true;
        while (worked && !stopping && System.nanoTime() < end) {
            worked = false;
            for (Backlog backlog : List.copyOf(backlogs.values())) {
                ConsumerRecord<String, byte[]> record = stopping ? null : backlog.due();
                if (record != null) {
                    handle(record, backlog);
                    worked = true;
                }
            }
        }
    }

    private void handle(ConsumerRecord<String, byte[]> record, Backlog backlog) {
        Event event;
        try {
            event = CloudEventCodec.decode(record);
        } catch (PoisonEventException e) {
            putAside(record, backlog, e.reason(), e);
            return;
        }
        try {
            handler.handle(event);
            finish(record, backlog);
            gauge.handled();
        } catch (RuntimeException e) {
            failed(record, backlog, event, e);
        }
    }

    private void failed(ConsumerRecord<String, byte[]> record, Backlog backlog, Event event, RuntimeException e) {
        if (isOutage(e)) {
            int outages = backlog.outage();
            LOG.warn("Event {} {} waits, time {}: {}", event.type(), event.id(), outages, e.getMessage());
            gauge.retried();
            backlog.postpone(settings.outages().after(outages));
            return;
        }
        int failures = backlog.failed();
        LOG.warn("Event {} {} of {} failed, time {}", event.type(), event.id(), event.subject(), failures, e);
        if (failures >= settings.failures().tries()) {
            putAside(record, backlog, PoisonReason.HANDLER_FAILED, e);
        } else {
            gauge.retried();
            backlog.postpone(settings.failures().after(failures));
        }
    }

    private static boolean isOutage(RuntimeException e) {
        return e instanceof GraftException graft && graft.code().category() == ErrorCode.Category.UNAVAILABLE;
    }

    private void putAside(
            ConsumerRecord<String, byte[]> record, Backlog backlog, PoisonReason reason, RuntimeException why) {
        try {
            deadLetters.add(record, reason, String.valueOf(why.getMessage()));
        } catch (KafkaException e) {
            LOG.warn("Dead letters of {} can't be written, it tries again", record.topic(), e);
            gauge.retried();
            backlog.postpone(settings.outages().after(backlog.outage()));
            return;
        }
        LOG.error(
                "Message {}-{}@{} went to the dead letters: {}: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason,
                why.getMessage());
        finish(record, backlog);
        gauge.deadLettered();
    }

    private void finish(ConsumerRecord<String, byte[]> record, Backlog backlog) {
        backlog.finish();
        finished.put(
                new TopicPartition(record.topic(), record.partition()),
                new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
    }

    /** Commits what is finished; what can't be committed now is kept for the next turn. */
    private void commit() {
        if (finished.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(finished);
            finished.clear();
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.info("Positions of {} are not committed yet: {}", settings.group(), e.getMessage());
        }
    }

    private void commitLast() {
        try {
            commit();
        } catch (WakeupException e) {
            // The wake-up that ended the loop comes due only once.
            commit();
        }
    }

    private void pauseBusyPartitions() {
        backlogs.values().removeIf(Backlog::isEmpty);
        consumer.resume(consumer.paused().stream()
                .filter(partition -> !backlogs.containsKey(partition))
                .toList());
        consumer.pause(backlogs.keySet());
    }

    private boolean isConnected() {
        return !consumer.assignment().isEmpty()
                && consumer.metrics().entrySet().stream()
                        .filter(metric -> metric.getKey().name().equals("connection-count"))
                        .anyMatch(metric ->
                                metric.getValue().metricValue() instanceof Number count && count.doubleValue() > 0);
    }

    private long lag() {
        long lag = 0;
        for (TopicPartition partition : consumer.assignment()) {
            lag += consumer.currentLag(partition).orElse(0);
        }
        for (Backlog backlog : backlogs.values()) {
            lag += backlog.size();
        }
        return lag;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        LOG.debug("Subscription {} got {}", settings.group(), partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        commit();
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(backlogs::remove);
        partitions.forEach(finished::remove);
    }
}
