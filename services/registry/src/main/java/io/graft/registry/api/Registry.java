package io.graft.registry.api;

import io.agroal.api.AgroalDataSource;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.event.EventTypes;
import io.graft.platform.loop.Loop;
import io.graft.platform.postgres.Database;
import io.graft.platform.service.ServiceRuntime;
import io.graft.platform.service.ServiceRuntimes;
import io.graft.registry.domain.AliasStore;
import io.graft.registry.domain.DatasetInspection;
import io.graft.registry.domain.Downloads;
import io.graft.registry.domain.JobOutputs;
import io.graft.registry.domain.LineStore;
import io.graft.registry.domain.ModelInspection;
import io.graft.registry.domain.UploadStore;
import io.graft.registry.domain.UploadSweep;
import io.graft.registry.domain.Uploads;
import io.graft.registry.domain.VersionStore;
import io.graft.registry.store.PostgresAliases;
import io.graft.registry.store.PostgresJobOutputs;
import io.graft.registry.store.PostgresLines;
import io.graft.registry.store.PostgresUploads;
import io.graft.registry.store.PostgresVersions;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Set;

/** The registry, put together over its data source. */
@Singleton
final class Registry {
    private final ServiceRuntime runtime;
    private final Loop sweep;
    private final LineStore lines;
    private final VersionStore versions;
    private final AliasStore aliases;
    private final Uploads uploads;
    private final Downloads downloads;

    Registry(
            ServiceRuntimes runtimes,
            @DataSource("registry") AgroalDataSource dataSource,
            ArtifactStore artifacts,
            UploadsConfig config) {
        runtime = runtimes.create("registry", dataSource);
        Database database = runtime.database();
        ModelInspection inspection = new ModelInspection(artifacts);
        DatasetInspection datasets = new DatasetInspection(artifacts);
        UploadStore uploadStore = new PostgresUploads(database);
        lines = new PostgresLines(database);
        versions = new PostgresVersions(database);
        aliases = new PostgresAliases(database);
        uploads = new Uploads(uploadStore, artifacts, inspection, datasets, InstantSource.system());
        downloads = new Downloads(versions, artifacts);
        runtime.subscribe(
                "outputs",
                Set.of(EventTypes.JOB_TOPIC),
                new JobOutputs(new PostgresJobOutputs(database), artifacts, inspection, datasets));
        UploadSweep sweeper = new UploadSweep(uploadStore, artifacts, config.life(), config.grace());
        sweep = new Loop("upload-sweep", config.sweepInterval(), sweeper::run);
    }

    void start(@Observes StartupEvent event) {
        runtime.start();
        sweep.start();
    }

    void stop(@Observes ShutdownEvent event) {
        sweep.close();
    }

    LineStore lines() {
        return lines;
    }

    VersionStore versions() {
        return versions;
    }

    AliasStore aliases() {
        return aliases;
    }

    Uploads uploads() {
        return uploads;
    }

    Downloads downloads() {
        return downloads;
    }
}
