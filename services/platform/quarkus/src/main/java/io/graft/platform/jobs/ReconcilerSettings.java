package io.graft.platform.jobs;

import java.time.Duration;

/**
 * How jobs are cared for.
 *
 * @param maxRunning workers that this replica has at work at once
 * @param interval longest wait between two looks at the jobs, when nobody wakes the reconciler
 * @param leaseLife how long this replica holds a job without renewing; after a crash others wait so long
 * @param heartbeatInterval how often a worker must report
 * @param heartbeatTimeout silence after which an attempt is given up
 * @param reportGrace how long the last words of a worker that ended are waited for
 * @param stopGrace how long a worker that is asked to leave may take
 * @param pauseGrace how long a worker that is to pause may take for its checkpoint
 * @param sweepGrace how long after its end a job's left-overs are kept
 */
public record ReconcilerSettings(
        int maxRunning,
        Duration interval,
        Duration leaseLife,
        Duration heartbeatInterval,
        Duration heartbeatTimeout,
        Duration reportGrace,
        Duration stopGrace,
        Duration pauseGrace,
        Duration sweepGrace) {
    /** 2 workers; 500 ms, 10 s; 5 s, 60 s; 5 s; 10 s, 2 min; 1 min. */
    public static final ReconcilerSettings DEFAULT = new ReconcilerSettings(
            2,
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1));
}
