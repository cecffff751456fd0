package io.graft.platform.service;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.event.EventPublisher;
import io.graft.platform.job.RetryPolicy;
import io.graft.platform.jobs.JobOwners;
import io.graft.platform.jobs.ReconcilerSettings;
import io.graft.platform.kafka.KafkaSettings;
import io.graft.platform.launch.Launcher;
import io.graft.platform.postgres.OutboxSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/**
 * What the services of one process share.
 *
 * @param launcher made only when some service owns jobs
 */
record SharedParts(
        EventPublisher publisher,
        KafkaSettings kafka,
        ArtifactStore artifacts,
        Supplier<Launcher> launcher,
        OutboxSettings outbox,
        ReconcilerSettings reconciler,
        RetryPolicy retries,
        JobOwners owners,
        MeterRegistry meters) {}
