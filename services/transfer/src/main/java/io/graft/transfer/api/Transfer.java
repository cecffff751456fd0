package io.graft.transfer.api;

import io.agroal.api.AgroalDataSource;
import io.graft.platform.service.ServiceRuntime;
import io.graft.platform.service.ServiceRuntimes;
import io.graft.platform.submission.VersionCatalog;
import io.graft.transfer.domain.Submissions;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The transfer service, put together over its data source. */
@Singleton
final class Transfer {
    private final ServiceRuntime runtime;
    private final Submissions submissions;

    Transfer(ServiceRuntimes runtimes, @DataSource("transfer") AgroalDataSource dataSource, VersionCatalog catalog) {
        runtime = runtimes.create("transfer", dataSource);
        submissions = new Submissions(runtime.ownJobs().store(), catalog);
    }

    void start(@Observes StartupEvent event) {
        runtime.start();
    }

    Submissions submissions() {
        return submissions;
    }
}
