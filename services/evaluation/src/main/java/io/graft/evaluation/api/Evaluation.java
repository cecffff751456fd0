package io.graft.evaluation.api;

import io.agroal.api.AgroalDataSource;
import io.graft.evaluation.domain.Submissions;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.service.ServiceRuntime;
import io.graft.platform.service.ServiceRuntimes;
import io.graft.platform.submission.VersionCatalog;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The evaluation service, put together over its data source. */
@Singleton
final class Evaluation {
    private final ServiceRuntime runtime;
    private final Submissions submissions;

    Evaluation(
            ServiceRuntimes runtimes,
            @DataSource("evaluation") AgroalDataSource dataSource,
            VersionCatalog versions,
            MethodCatalog methods) {
        runtime = runtimes.create("evaluation", dataSource);
        submissions = new Submissions(runtime.ownJobs().store(), versions, methods);
    }

    void start(@Observes StartupEvent event) {
        runtime.start();
    }

    Submissions submissions() {
        return submissions;
    }
}
