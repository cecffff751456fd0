package io.graft.pipelines.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How runs of pipelines are driven, and how they reach the other services. */
@ConfigMapping(prefix = "graft.pipelines")
interface PipelinesConfig {
    /** The gRPC endpoint of the services that have none of their own, {@code host:port}. */
    Optional<String> endpoint();

    /** Endpoints of single services by name, for example {@code transfer}. */
    Map<String, String> endpoints();

    /** File with the token that runs call other services with; it must cover every tenant that has pipelines. */
    Optional<Path> tokenFile();

    /** Longest time that one call to another service may take, tries included. */
    @WithDefault("30S")
    Duration deadline();

    /** Longest wait between two looks for runs that are due, when nobody wakes the service. */
    @WithDefault("0.5S")
    Duration interval();

    /** How often schedules are looked at. */
    @WithDefault("1S")
    Duration scheduleInterval();

    /** How long a run is held without renewing; after a crash others wait so long. */
    @WithDefault("60S")
    Duration leaseLife();

    /** Runs that are cared for at the same time. */
    @WithDefault("16")
    int atOnce();
}
