package io.graft.platform.launch;

/** What a launcher knows of a worker. */
public sealed interface WorkerStatus {
    /** It runs. */
    record Running() implements WorkerStatus {}

    /**
     * It ended.
     *
     * @param code {@link ExitCode#UNKNOWN} when nobody saw it
     * @param outOfMemory whether the kernel or the runtime ended it for want of memory
     */
    record Exited(ExitCode code, boolean outOfMemory) implements WorkerStatus {}

    /** There is none: never started, or cleaned away. */
    record Absent() implements WorkerStatus {}
}
