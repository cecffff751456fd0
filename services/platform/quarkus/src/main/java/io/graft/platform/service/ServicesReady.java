package io.graft.platform.service;

import io.graft.platform.error.GraftException;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the database of every service answers. A broker that is away makes nothing unready: events wait. */
@Readiness
@ApplicationScoped
class ServicesReady implements HealthCheck {
    private final ServiceRuntimes runtimes;

    ServicesReady(ServiceRuntimes runtimes) {
        this.runtimes = runtimes;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("graft-database").up();
        for (ServiceRuntime runtime : runtimes.all()) {
            try {
                response.withData(runtime.service(), runtime.isReady());
            } catch (GraftException e) {
                response.down().withData(runtime.service(), e.getMessage());
            }
        }
        return response.build();
    }
}
