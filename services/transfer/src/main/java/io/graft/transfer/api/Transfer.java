package io.graft.transfer.api;

import io.agroal.api.AgroalDataSource;
import io.graft.platform.grpc.CallerForwarding;
import io.graft.platform.service.ServiceRuntime;
import io.graft.platform.service.ServiceRuntimes;
import io.graft.transfer.domain.Submissions;
import io.graft.transfer.registry.GrpcVersionCatalog;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The transfer service, put together over its data source. */
@Singleton
final class Transfer {
    private final ServiceRuntime runtime;
    private final GrpcVersionCatalog catalog;
    private final Submissions submissions;

    Transfer(
            ServiceRuntimes runtimes,
            @DataSource("transfer") AgroalDataSource dataSource,
            RegistryConfig registry,
            CallerForwarding forwarding) {
        runtime = runtimes.create("transfer", dataSource);
        catalog = GrpcVersionCatalog.connect(registry.endpoint(), registry.deadline(), forwarding);
        submissions = new Submissions(runtime.ownJobs().store(), catalog);
    }

    void start(@Observes StartupEvent event) {
        runtime.start();
    }

    void stop(@Observes ShutdownEvent event) {
        catalog.close();
    }

    Submissions submissions() {
        return submissions;
    }
}
