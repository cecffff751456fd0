package io.graft.pipelines.domain;

import io.graft.platform.error.GraftException;
import io.graft.v1.Alias;
import io.graft.v1.DerivedVersion;
import io.graft.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The other services, as a run uses them. Every method throws {@link GraftException} with the reason that the service gives; one
 * of category UNAVAILABLE is worth another try. Thread-safe.
 */
public interface Platform {
    /** Submits a job, once a request id. */
    Job submit(Submission submission);

    /** A job. */
    Job job(JobKind kind, String name);

    /** The job with some labels; empty when there is none. */
    Optional<Job> find(JobKind kind, String tenant, Map<String, String> labels);

    /** Cancels a job; one that has ended or is too far is returned as it is. */
    Job cancel(JobKind kind, String name);

    /** An alias; empty when there is none. */
    Optional<Alias> alias(String name);

    /**
     * Moves an alias.
     *
     * @param etag it must still have; empty when it must not exist
     * @return the alias; one that names the version already is left as it is, whatever its etag
     */
    Alias move(String name, String version, String etag);

    /** The newest version of each model that has any which derives from a version, by model. */
    List<DerivedVersion> derived(String version);

    /**
     * A job to be submitted.
     *
     * @param spec its specification as JSON
     * @param validateOnly the answer is the job that would be created
     */
    record Submission(
            JobKind kind,
            String tenant,
            String spec,
            String requestId,
            Map<String, String> labels,
            boolean validateOnly,
            String traceparent) {
        public Submission {
            labels = Map.copyOf(labels);
        }
    }
}
