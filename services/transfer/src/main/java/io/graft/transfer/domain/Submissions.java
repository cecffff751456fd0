package io.graft.transfer.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobStore;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.Submitter;
import io.graft.platform.submission.VersionCatalog;
import io.graft.v1.Job;
import io.graft.v1.SubmitDiffRequest;
import io.graft.v1.SubmitGraftRequest;

/** Takes submissions: checks all that can be known, then stores a job that waits for a worker. Thread-safe. */
public final class Submissions {
    /** Kind of a job that carries an update to a target. */
    public static final String GRAFT = "graft";

    /** Kind of a job that stores an update. */
    public static final String DIFF = "diff";

    private final Submitter submitter;
    private final GraftValidation grafts;
    private final DiffValidation diffs;

    public Submissions(JobStore jobs, VersionCatalog catalog) {
        this.submitter = new Submitter(jobs);
        this.grafts = new GraftValidation(catalog);
        this.diffs = new DiffValidation(catalog);
    }

    /**
     * Submits a graft.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job graft(TenantName tenant, SubmitGraftRequest request, Mutation mutation) {
        SpecFields fields = new SpecFields(tenant.tenant());
        GraftValidation.checkFields(fields, request.getSpec());
        fields.call(request.getLabelsMap(), mutation);
        fields.throwIfAny();
        return submitter.submit(tenant, GRAFT, request.getLabelsMap(), mutation, () -> grafts.check(request.getSpec()));
    }

    /**
     * Submits the extraction of a diff vector.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job diff(TenantName tenant, SubmitDiffRequest request, Mutation mutation) {
        SpecFields fields = new SpecFields(tenant.tenant());
        DiffValidation.checkFields(fields, request.getSpec());
        fields.call(request.getLabelsMap(), mutation);
        fields.throwIfAny();
        return submitter.submit(tenant, DIFF, request.getLabelsMap(), mutation, () -> diffs.check(request.getSpec()));
    }
}
