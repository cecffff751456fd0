package io.graft.platform.launch;

/** What a launcher knows of a worker. */
public sealed interface WorkerStatus {
    /** It runs. */
    record Running() implements WorkerStatus {}

    /** It ended. */
    record Exited(ExitCode code) implements WorkerStatus {}

    /** There is none, or nothing is known of it any more. */
    record Absent() implements WorkerStatus {}
}
