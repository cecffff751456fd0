package io.graft.platform.service;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.config.JobsConfig;
import io.graft.platform.config.KafkaConfig;
import io.graft.platform.config.OutboxConfig;
import io.graft.platform.event.EventPublisher;
import io.graft.platform.job.RetryPolicy;
import io.graft.platform.jobs.JobOwners;
import io.graft.platform.jobs.ReconcilerSettings;
import io.graft.platform.kafka.KafkaSettings;
import io.graft.platform.kafka.TopicSetup;
import io.graft.platform.launch.Launcher;
import io.graft.platform.loop.Loop;
import io.graft.platform.postgres.Database;
import io.graft.platform.postgres.OutboxSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** Puts services together, each over its own data source, and takes them apart when the process stops. */
@Singleton
public final class ServiceRuntimes {
    private static final int BEFORE_OTHERS = 100;
    private static final Duration TOPICS_CHECKED_EVERY = Duration.ofHours(1);

    private final SharedParts parts;
    private final Loop topics;
    private final List<ServiceRuntime> runtimes = new CopyOnWriteArrayList<>();

    ServiceRuntimes(
            EventPublisher publisher,
            KafkaSettings kafka,
            KafkaConfig topics,
            ArtifactStore artifacts,
            Instance<Launcher> launcher,
            OutboxConfig outbox,
            JobsConfig jobs,
            JobOwners owners,
            MeterRegistry meters) {
        this.parts = new SharedParts(
                publisher,
                kafka,
                artifacts,
                launcher::get,
                new OutboxSettings(
                        outbox.pollInterval(), outbox.batchSize(), outbox.retention(), outbox.inboxRetention()),
                reconciler(jobs),
                new RetryPolicy(jobs.maxAttempts(), jobs.retryDelay(), jobs.maxRetryDelay()),
                owners,
                meters);
        TopicSetup setup = new TopicSetup(topics.topicPartitions(), topics.topicReplication());
        this.topics = new Loop("topics", TOPICS_CHECKED_EVERY, () -> {
            setup.create(kafka);
            return false;
        });
    }

    /** Sees to it that every topic exists, as soon as the broker can be reached and from then on. */
    void start(@Observes StartupEvent event) {
        topics.start();
    }

    /**
     * Makes the runtime of a service; it does nothing before it is started.
     *
     * @param service name of the service, which is also the name of its schema
     * @param dataSource the service's own
     */
    public ServiceRuntime create(String service, DataSource dataSource) {
        ServiceRuntime runtime = new ServiceRuntime(service, parts, new Database(dataSource));
        runtimes.add(runtime);
        return runtime;
    }

    List<ServiceRuntime> all() {
        return List.copyOf(runtimes);
    }

    void stop(@Observes @Priority(BEFORE_OTHERS) ShutdownEvent event) {
        runtimes.forEach(ServiceRuntime::close);
        topics.close();
    }

    private static ReconcilerSettings reconciler(JobsConfig jobs) {
        return new ReconcilerSettings(
                jobs.maxRunning(),
                jobs.interval(),
                jobs.leaseLife(),
                jobs.heartbeatInterval(),
                jobs.heartbeatTimeout(),
                jobs.reportGrace(),
                jobs.stopGrace(),
                jobs.pauseGrace(),
                jobs.sweepGrace());
    }
}
