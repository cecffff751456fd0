package io.graft.platform.service;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Alive while relays, subscriptions and reconcilers get on; a process where one has stopped is to be restarted. */
@Liveness
@ApplicationScoped
class ServicesAlive implements HealthCheck {
    private final ServiceRuntimes runtimes;

    ServicesAlive(ServiceRuntimes runtimes) {
        this.runtimes = runtimes;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("graft-background");
        boolean alive = true;
        for (ServiceRuntime runtime : runtimes.all()) {
            boolean gettingOn = runtime.isAlive();
            alive &= gettingOn;
            response.withData(runtime.service(), gettingOn);
        }
        return response.status(alive).build();
    }
}
