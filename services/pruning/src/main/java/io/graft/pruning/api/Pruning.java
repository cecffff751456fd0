package io.graft.pruning.api;

import io.agroal.api.AgroalDataSource;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.service.ServiceRuntime;
import io.graft.platform.service.ServiceRuntimes;
import io.graft.platform.submission.VersionCatalog;
import io.graft.pruning.domain.Submissions;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The pruning service, put together over its data source. */
@Singleton
final class Pruning {
    private final ServiceRuntime runtime;
    private final Submissions submissions;

    Pruning(
            ServiceRuntimes runtimes,
            @DataSource("pruning") AgroalDataSource dataSource,
            VersionCatalog versions,
            MethodCatalog methods) {
        runtime = runtimes.create("pruning", dataSource);
        submissions = new Submissions(runtime.ownJobs().store(), versions, methods);
    }

    void start(@Observes StartupEvent event) {
        runtime.start();
    }

    Submissions submissions() {
        return submissions;
    }
}
