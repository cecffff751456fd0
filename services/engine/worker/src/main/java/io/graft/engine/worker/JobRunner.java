package io.graft.engine.worker;

import io.graft.v1.AssignmentInput;
import io.graft.v1.Manifest;
import java.io.IOException;
import java.util.Map;

/**
 * Does the work of one kind of job. Found by ServiceLoader; has a public constructor without parameters. The same assignment
 * must give the same output bytes, whichever attempt it is.
 */
public interface JobRunner {
    /** The kind, for example {@code graft}. */
    String kind();

    /** Whether a file of an input has to be pulled. */
    boolean reads(AssignmentInput input, String path);

    /** About how many bytes the output takes, before anything is pulled; by role. */
    long outputBytes(Map<String, Manifest> inputs);

    /**
     * Fills the run's output folder.
     *
     * @throws io.graft.platform.error.GraftException with a reason that the job's owner can act on
     * @throws StoppedException when asked to leave
     */
    JobOutput run(JobRun run) throws IOException;
}
