package io.graft.gateway.upstream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The gateway is ready while the services can be reached. */
@Readiness
@Singleton
final class UpstreamReadiness implements HealthCheck {
    private final Upstream upstream;

    @Inject
    UpstreamReadiness(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("gateway-upstream")
                .status(upstream.isReachable())
                .build();
    }
}
