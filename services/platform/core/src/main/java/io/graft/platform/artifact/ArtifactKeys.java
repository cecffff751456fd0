package io.graft.platform.artifact;

import io.graft.platform.resource.ResourceName.JobName;
import io.graft.platform.resource.ResourceName.UploadName;

/** Where things lie in the artifact store; the one place that knows the layout. Every key begins with its tenant. */
public final class ArtifactKeys {
    private ArtifactKeys() {}

    /** Prefix of everything that a job's attempts write. */
    public static String job(JobName job) {
        return job + "/";
    }

    /** Prefix that one attempt alone may write its outputs under. */
    public static String outputs(JobName job, int attempt) {
        return attempt(job, attempt) + "outputs/";
    }

    /** Prefix that one attempt alone may write its checkpoints under, each as {@code {step}/} with a manifest. */
    public static String checkpoints(JobName job, int attempt) {
        return attempt(job, attempt) + "checkpoints/";
    }

    /** What the attempt has to do: a binary {@code graft.v1.Assignment}. */
    public static String assignment(JobName job, int attempt) {
        return attempt(job, attempt) + "assignment.binpb";
    }

    /** The attempt's log, kept after it ended. */
    public static String log(JobName job, int attempt) {
        return attempt(job, attempt) + "worker.log";
    }

    /** Prefix that an upload's files lie under. */
    public static String upload(UploadName upload) {
        return upload + "/";
    }

    /** Prefix of everything that belongs to one attempt. */
    public static String attempt(JobName job, int attempt) {
        return job + "/attempts/" + attempt + "/";
    }
}
