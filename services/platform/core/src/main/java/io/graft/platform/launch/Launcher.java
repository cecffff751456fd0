package io.graft.platform.launch;

import io.graft.v1.Assignment;
import java.time.Duration;

/**
 * Starts workers: one process or pod an attempt, under a name that follows from job and attempt, so that launching again
 * finds the first. Thread-safe.
 */
public interface Launcher {
    /** Starts the attempt's worker, or does nothing when it is there. The assignment is already in the artifact store. */
    void launch(Assignment assignment);

    /** What is known of the attempt's worker; survives a restart of the service. */
    WorkerStatus status(String job, int attempt);

    /** Asks the worker to leave, and ends it by force after {@code grace}. Returns when it is gone. */
    void stop(String job, int attempt, Duration grace);

    /** Removes what the worker left behind: its work directory, or its pod. */
    void clean(String job, int attempt);
}
