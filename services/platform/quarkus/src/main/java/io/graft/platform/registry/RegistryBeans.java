package io.graft.platform.registry;

import io.graft.platform.grpc.CallerForwarding;
import io.graft.platform.submission.VersionCatalog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;

/** The registry, for all services of one process that take submissions. */
@ApplicationScoped
class RegistryBeans {
    @Produces
    @ApplicationScoped
    VersionCatalog catalog(RegistryConfig config, CallerForwarding forwarding) {
        String endpoint = config.endpoint()
                .orElseThrow(() -> new IllegalStateException(
                        "Set graft.registry.endpoint: a service that takes submissions asks the registry"));
        return GrpcVersionCatalog.connect(endpoint, config.deadline(), forwarding);
    }

    void close(@Disposes VersionCatalog catalog) {
        catalog.close();
    }
}
