package io.graft.platform.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How jobs are driven, by services that own some. */
@ConfigMapping(prefix = "graft.jobs")
public interface JobsConfig {
    /** Workers that a service has at work at once. */
    @WithDefault("2")
    int maxRunning();

    /** Longest wait between two looks at the jobs. */
    @WithDefault("0.5S")
    Duration interval();

    /** How long a service holds a job without renewing; after a crash others wait so long. */
    @WithDefault("10S")
    Duration leaseLife();

    /** How often a worker must report. */
    @WithDefault("5S")
    Duration heartbeatInterval();

    /** Silence after which an attempt is given up. */
    @WithDefault("60S")
    Duration heartbeatTimeout();

    /** How long the last report of a worker that ended is waited for. */
    @WithDefault("5S")
    Duration reportGrace();

    /** How long a worker that is asked to leave may take. */
    @WithDefault("10S")
    Duration stopGrace();

    /** How long a worker that is to pause may take for its checkpoint. */
    @WithDefault("2M")
    Duration pauseGrace();

    /** How long after its end a job's left-overs are kept. */
    @WithDefault("1M")
    Duration sweepGrace();

    /** Attempts of a job in all, when infrastructure fails. */
    @WithDefault("5")
    int maxAttempts();

    /** Wait before the second attempt; it doubles with each further one. */
    @WithDefault("1S")
    Duration retryDelay();

    /** Longest wait between attempts. */
    @WithDefault("2M")
    Duration maxRetryDelay();
}
