package io.graft.platform.postgres;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.platform.event.EventPublisher;
import io.graft.platform.loop.Loop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Publishes what {@link Outbox} holds, each subject's events in the order of their commits. One relay of a schema works at a
 * time, whatever the number of replicas. An event whose publication was not noted, because the relay or the database went
 * away, is published again under the same id. While the broker is away events wait; nothing else stops. Thread-safe.
 */
public final class OutboxRelay implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final Duration TIDY_EVERY = Duration.ofMinutes(10);
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(1);

    private final Database database;
    private final EventPublisher publisher;
    private final OutboxSettings settings;
    private final Loop relaying;
    private final Loop keepingHouse;
    private final AtomicReference<OutboxLag> lag = new AtomicReference<>(new OutboxLag(0, Duration.ZERO, 0));
    private long tidied = System.nanoTime();

    public OutboxRelay(Database database, EventPublisher publisher, OutboxSettings settings) {
        this.database = database;
        this.publisher = publisher;
        this.settings = settings;
        this.relaying = new Loop("outbox-relay", settings.pollInterval(), () -> relayBatch() == settings.batchSize());
        this.keepingHouse = new Loop("outbox-housekeeping", MEASURE_EVERY, this::keepHouse);
    }

    /** Begins to publish in the background. */
    public void start() {
        relaying.start();
        keepingHouse.start();
    }

    /** Says that something was committed, so that it need not wait for the next poll. */
    public void wake() {
        relaying.wake();
    }

    /** Whether it is at work; a broker that is away does not count against it. */
    public boolean isAlive() {
        return relaying.isAlive() && keepingHouse.isAlive();
    }

    /** As of the last second. */
    public OutboxLag lag() {
        return lag.get();
    }

    /** Publishes the lag as {@code graft.outbox.pending}, {@code graft.outbox.age} in seconds and {@code graft.outbox.failed}. */
    public void bindTo(MeterRegistry registry, String service) {
        Tags tags = Tags.of("service", service);
        Gauge.builder("graft.outbox.pending", this, relay -> relay.lag().pending())
                .tags(tags)
                .description("Events that wait to be published")
                .register(registry);
        Gauge.builder("graft.outbox.age", this, relay -> relay.lag().age().toMillis() / 1000.0)
                .tags(tags)
                .baseUnit("seconds")
                .description("Age of the oldest event that waits to be published")
                .register(registry);
        Gauge.builder("graft.outbox.failed", this, relay -> relay.lag().failed())
                .tags(tags)
                .description("Events that can't be published and were set aside")
                .register(registry);
    }

    @Override
    public void close() {
        relaying.close();
        keepingHouse.close();
    }

    /** @return the number of events taken off; 0 also when another relay is at work */
    int relayBatch() {
        return database.inTransaction(handle -> {
            if (!isAlone(handle)) {
                return 0;
            }
            List<OutboxRow> batch = OutboxRow.pending(handle, settings.batchSize());
            if (!batch.isEmpty()) {
                publish(handle, batch);
            }
            return batch.size();
        });
    }

    private boolean keepHouse() {
        lag.set(database.read(OutboxRow::lag));
        if (System.nanoTime() - tidied >= TIDY_EVERY.toNanos()) {
            tidied = System.nanoTime();
            tidy();
        }
        return false;
    }

    private void publish(Handle handle, List<OutboxRow> batch) {
        try {
            publisher.publish(batch.stream().map(OutboxRow::event).toList());
            batch.forEach(row -> row.markPublished(handle));
        } catch (RuntimeException e) {
            if (isOutage(e)) {
                throw e;
            }
            LOG.errorf(e, "A batch of %d events can't be published; each is tried alone", batch.size());
            batch.forEach(row -> publishAlone(handle, row));
        }
    }

    private void publishAlone(Handle handle, OutboxRow row) {
        try {
            Event event = row.event();
            publisher.publish(List.of(event));
            row.markPublished(handle);
        } catch (RuntimeException e) {
            if (isOutage(e)) {
                throw e;
            }
            LOG.errorf(e, "Event %s of %s can't be published and is set aside", row.id(), row.subject());
            row.markFailed(handle, e.toString());
        }
    }

    /** Deletes what is old enough. */
    void tidy() {
        database.useTransaction(handle -> {
            handle.createUpdate(
                            "delete from outbox where published_at < clock_timestamp() - make_interval(secs => :age)")
                    .bind("age", settings.retention().toSeconds())
                    .execute();
            handle.createUpdate("delete from inbox where taken_at < clock_timestamp() - make_interval(secs => :age)")
                    .bind("age", settings.inboxRetention().toSeconds())
                    .execute();
        });
    }

    private static boolean isAlone(Handle handle) {
        return handle.createQuery(
                        "select pg_try_advisory_xact_lock(hashtext('graft.outbox'), hashtext(current_schema()))")
                .mapTo(boolean.class)
                .one();
    }

    private static boolean isOutage(RuntimeException e) {
        return e instanceof GraftException graft && graft.code().category() == ErrorCode.Category.UNAVAILABLE;
    }
}
