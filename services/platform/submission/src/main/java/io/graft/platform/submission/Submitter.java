package io.graft.platform.submission;

import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobRecord;
import io.graft.platform.job.JobStore;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.Job;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Stores a job that waits for a worker, once a request id. Thread-safe. */
public final class Submitter {
    private final JobStore jobs;

    public Submitter(JobStore jobs) {
        this.jobs = jobs;
    }

    /**
     * Submits a job whose fields are sound.
     *
     * @param check decides whether it can succeed; asked only when the request id is new
     * @return the job; without name when only validated
     * @throws GraftException with the reason why the job could not succeed, or {@code REQUEST_ID_REUSED}
     */
    public Job submit(
            TenantName tenant, String kind, Map<String, String> labels, Mutation mutation, Supplier<Draft> check) {
        Optional<Job> earlier = mutation.requestId().isEmpty()
                ? Optional.empty()
                : jobs.findRequest(tenant.tenant(), kind, mutation.requestId(), mutation.payloadHash());
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Draft draft = check.get();
        Job.Builder job = draft.job(kind)
                .setRequestId(mutation.requestId())
                .putAllLabels(labels)
                .setTraceId(TraceContext.parse(mutation.traceparent())
                        .map(TraceContext::traceId)
                        .orElse(""));
        if (mutation.validateOnly()) {
            return job.build();
        }
        job.setName(new JobName(tenant.tenant(), kind + "-" + UUID.randomUUID()).toString());
        return jobs.create(
                JobRecord.submitted(job.build(), draft.plan(), mutation.traceparent()), mutation.payloadHash());
    }
}
