package io.graft.pipelines.api;

import io.agroal.api.AgroalDataSource;
import io.graft.pipelines.domain.PipelineEvents;
import io.graft.pipelines.domain.PipelineStore;
import io.graft.pipelines.domain.Pipelines;
import io.graft.pipelines.domain.Programs;
import io.graft.pipelines.domain.Replay;
import io.graft.pipelines.domain.RunCare;
import io.graft.pipelines.domain.RunDriver;
import io.graft.pipelines.domain.RunStore;
import io.graft.pipelines.domain.Triggers;
import io.graft.pipelines.services.GrpcPlatform;
import io.graft.pipelines.services.ServiceChannels;
import io.graft.pipelines.store.PostgresPipelines;
import io.graft.pipelines.store.PostgresRuns;
import io.graft.pipelines.store.PostgresTriggers;
import io.graft.platform.kafka.EventLog;
import io.graft.platform.kafka.KafkaSettings;
import io.graft.platform.loop.Loop;
import io.graft.platform.service.ServiceRuntime;
import io.graft.platform.service.ServiceRuntimes;
import io.graft.platform.watch.EventWatches;
import io.graft.v1.PipelineRunEvent;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The pipelines service, put together over its data source. */
@Singleton
final class PipelineParts {
    private final ServiceRuntime runtime;
    private final GrpcPlatform platform;
    private final PostgresPipelines pipelineStore;
    private final PostgresRuns runs;
    private final Pipelines pipelines;
    private final Programs programs = new Programs();
    private final Replay replay;
    private final Letters letters;
    private final EventWatches<PipelineRunEvent> watches;
    private final RunDriver driver;
    private final Loop driving;
    private final Loop scheduling;

    PipelineParts(
            ServiceRuntimes runtimes,
            @DataSource("pipelines") AgroalDataSource dataSource,
            PipelinesConfig config,
            KafkaSettings kafka) {
        runtime = runtimes.create("pipelines", dataSource);
        platform = new GrpcPlatform(channels(config));
        pipelineStore = new PostgresPipelines(runtime.database());
        runs = new PostgresRuns(runtime.database(), runtime.source(), programs.beginning(), programs.replacing());
        PostgresTriggers triggerStore = new PostgresTriggers(runtime.database());
        Triggers triggers = new Triggers(triggerStore, runs, programs);
        pipelines = new Pipelines(pipelineStore, runs, programs, platform);
        EventLog log = new EventLog(kafka);
        replay = new Replay(
                triggerStore,
                triggers,
                (tenant, from, to, limit) -> log.read(
                        PipelineEvents.TOPICS, from, to, key -> key.startsWith("tenants/" + tenant + "/"), limit));
        letters = new Letters(log);
        watches = new EventWatches<>(new RunHistory(runs), EventWatches.PATIENCE);
        RunCare care = new RunCare(runs, programs, platform);
        driver = new RunDriver(runs, care, "pipelines/" + UUID.randomUUID(), config.leaseLife(), config.atOnce());
        driving = new Loop("runs", config.interval(), driver::pass);
        scheduling = new Loop("schedules", config.scheduleInterval(), triggers::runDue);
        runs.onChange(run -> {
            watches.changed(run);
            driving.wake();
            runtime.relay().wake();
        });
        runtime.subscribe(
                "triggers", PipelineEvents.TOPICS, new PipelineEvents(triggerStore, runs, programs, triggers));
    }

    void start(@Observes StartupEvent event) {
        runtime.start();
        driving.start();
        scheduling.start();
    }

    void stop(@Observes ShutdownEvent event) {
        watches.close();
        scheduling.close();
        driving.close();
        driver.close();
        platform.close();
    }

    PipelineStore pipelineStore() {
        return pipelineStore;
    }

    RunStore runs() {
        return runs;
    }

    Pipelines pipelines() {
        return pipelines;
    }

    Programs programs() {
        return programs;
    }

    Replay replay() {
        return replay;
    }

    Letters letters() {
        return letters;
    }

    EventWatches<PipelineRunEvent> watches() {
        return watches;
    }

    private static ServiceChannels channels(PipelinesConfig config) {
        return new ServiceChannels(
                config.endpoint()
                        .orElseThrow(() -> new IllegalStateException(
                                "Set graft.pipelines.endpoint: runs submit their jobs to the other services")),
                config.endpoints(),
                config.tokenFile()
                        .orElseThrow(() -> new IllegalStateException(
                                "Set graft.pipelines.token-file: runs call the other services with its token")),
                config.deadline());
    }
}
