package io.graft.pruning.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobStore;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.Submitter;
import io.graft.platform.submission.VersionCatalog;
import io.graft.v1.Job;
import io.graft.v1.PruneSpec;
import io.graft.v1.SubmitPruningRequest;

/** Takes submissions: checks all that can be known, then stores a job that waits for a worker. Thread-safe. */
public final class Submissions {
    /** Kind of a job that makes a smaller version of a data set. */
    public static final String PRUNE = "prune";

    private final Submitter submitter;
    private final PruneFields pruneFields;
    private final PruneValidation prunings;

    public Submissions(JobStore jobs, VersionCatalog versions, MethodCatalog methods) {
        this.submitter = new Submitter(jobs);
        this.pruneFields = new PruneFields(methods);
        this.prunings = new PruneValidation(versions);
    }

    /**
     * Submits a pruning.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job prune(TenantName tenant, SubmitPruningRequest request, Mutation mutation) {
        SpecFields fields = new SpecFields(tenant.tenant());
        PruneSpec effective = pruneFields.effective(fields, request.getSpec());
        fields.call(request.getLabelsMap(), mutation);
        fields.throwIfAny();
        return submitter.submit(
                tenant,
                PRUNE,
                request.getLabelsMap(),
                mutation,
                () -> prunings.check(new SpecFields(tenant.tenant()), effective));
    }
}
