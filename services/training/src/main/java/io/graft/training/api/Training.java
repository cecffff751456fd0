package io.graft.training.api;

import io.agroal.api.AgroalDataSource;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.service.ServiceRuntime;
import io.graft.platform.service.ServiceRuntimes;
import io.graft.platform.submission.VersionCatalog;
import io.graft.training.domain.Submissions;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The training service, put together over its data source. */
@Singleton
final class Training {
    private final ServiceRuntime runtime;
    private final Submissions submissions;

    Training(
            ServiceRuntimes runtimes,
            @DataSource("training") AgroalDataSource dataSource,
            VersionCatalog versions,
            MethodCatalog methods) {
        runtime = runtimes.create("training", dataSource);
        submissions = new Submissions(runtime.ownJobs().store(), versions, methods);
    }

    void start(@Observes StartupEvent event) {
        runtime.start();
    }

    Submissions submissions() {
        return submissions;
    }
}
