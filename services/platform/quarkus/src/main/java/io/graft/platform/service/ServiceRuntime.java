package io.graft.platform.service;

import io.graft.platform.event.EventHandler;
import io.graft.platform.jobs.JobRuntime;
import io.graft.platform.kafka.KafkaSubscription;
import io.graft.platform.kafka.SubscriptionSettings;
import io.graft.platform.kafka.SubscriptionStatus;
import io.graft.platform.postgres.Database;
import io.graft.platform.postgres.OutboxRelay;
import io.graft.platform.postgres.PostgresJobStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What runs behind one service's API: its schema, the relay of its outbox, its subscriptions, and its jobs if it owns any.
 * Made by {@link ServiceRuntimes}, which also closes it when the process stops. Thread-safe.
 */
public final class ServiceRuntime {
    private static final Duration STUCK_AFTER = Duration.ofMinutes(15);

    private final String service;
    private final SharedParts parts;
    private final Database database;
    private final OutboxRelay relay;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable JobRuntime> jobs = new AtomicReference<>();
    private final AtomicBoolean started = new AtomicBoolean();

    ServiceRuntime(String service, SharedParts parts, Database database) {
        this.service = service;
        this.parts = parts;
        this.database = database;
        this.relay = new OutboxRelay(database, parts.publisher(), parts.outbox());
        relay.bindTo(parts.meters(), service);
    }

    /** Name of the service, for example {@code transfer}. */
    public String service() {
        return service;
    }

    /** Path of the service in its events: {@code /graft/{service}}. */
    public String source() {
        return "/graft/" + service;
    }

    /** The service's schema. */
    public Database database() {
        return database;
    }

    /** Publishes what the service's transactions put into the outbox. */
    public OutboxRelay relay() {
        return relay;
    }

    /**
     * Takes events once it is started, as the consumer group {@code graft-{service}-{name}}.
     *
     * @param name tells the subscriptions of a service apart; never changed, since the position in the topics goes by it
     */
    public ServiceRuntime subscribe(String name, Set<String> topics, EventHandler handler) {
        Subscriber subscriber = new Subscriber(
                SubscriptionSettings.of("graft-" + service + "-" + name, topics), handler, new AtomicReference<>());
        subscribers.add(subscriber);
        SubscriptionMetrics.bind(parts.meters(), service, name, subscriber::status);
        return this;
    }

    /** Makes the service an owner of jobs; called once. */
    public JobRuntime ownJobs() {
        PostgresJobStore store = new PostgresJobStore(database, source());
        JobRuntime runtime = new JobRuntime(
                store,
                parts.artifacts(),
                parts.launcher().get(),
                parts.retries(),
                parts.reconciler(),
                () -> subscribers.stream().allMatch(Subscriber::isUpToDate));
        if (!jobs.compareAndSet(null, runtime)) {
            throw new IllegalStateException(service + " owns jobs already");
        }
        parts.owners().add(runtime);
        store.onChange((job, event) -> relay.wake());
        runtime.bindTo(parts.meters(), service);
        subscribe("jobs", runtime.topics(), runtime.events());
        return runtime;
    }

    /** Begins to work; a second call does nothing. */
    public void start() {
        if (!started.getAndSet(true)) {
            relay.start();
            subscribers.forEach(subscriber -> subscriber.start(parts));
            JobRuntime owned = jobs.get();
            if (owned != null) {
                owned.start();
            }
        }
    }

    /** Whether the database answers. */
    boolean isReady() {
        return database.answers();
    }

    /** Whether everything that was started still gets on; a broker that is away does not count. */
    boolean isAlive() {
        JobRuntime owned = jobs.get();
        return !started.get()
                || (relay.isAlive()
                        && subscribers.stream().allMatch(Subscriber::isAlive)
                        && (owned == null || owned.isAlive()));
    }

    void close() {
        subscribers.forEach(Subscriber::close);
        JobRuntime owned = jobs.get();
        if (owned != null) {
            owned.close();
        }
        relay.close();
    }

    private record Subscriber(
            SubscriptionSettings settings, EventHandler handler, AtomicReference<@Nullable KafkaSubscription> running) {

        void start(SharedParts parts) {
            running.set(KafkaSubscription.start(parts.kafka(), settings, handler));
        }

        @Nullable
        SubscriptionStatus status() {
            KafkaSubscription subscription = running.get();
            return subscription == null ? null : subscription.status();
        }

        boolean isUpToDate() {
            SubscriptionStatus status = status();
            return status != null && status.isUpToDate();
        }

        boolean isAlive() {
            SubscriptionStatus status = status();
            return status != null && status.moves(Clock.systemUTC().instant(), STUCK_AFTER);
        }

        void close() {
            KafkaSubscription subscription = running.get();
            if (subscription != null) {
                subscription.close();
            }
        }
    }
}
