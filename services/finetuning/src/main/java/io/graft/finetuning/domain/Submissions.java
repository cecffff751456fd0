package io.graft.finetuning.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobStore;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.Submitter;
import io.graft.platform.submission.VersionCatalog;
import io.graft.v1.CombineSpec;
import io.graft.v1.FinetuneSpec;
import io.graft.v1.Job;
import io.graft.v1.MergeSpec;
import io.graft.v1.SubmitCombineRequest;
import io.graft.v1.SubmitFinetuneRequest;
import io.graft.v1.SubmitMergeRequest;

/** Takes submissions: checks all that can be known, then stores a job that waits for a worker. Thread-safe. */
public final class Submissions {
    /** Kind of a job that trains an adapter on a base, or the whole base. */
    public static final String FINETUNE = "finetune";

    /** Kind of a job that merges an adapter into its base. */
    public static final String MERGE = "merge";

    /** Kind of a job that makes one adapter of several. */
    public static final String COMBINE = "combine";

    private final Submitter submitter;
    private final FinetuneFields finetuneFields;
    private final FinetuneValidation finetunes;
    private final MergeValidation merges;
    private final CombineFields combineFields;
    private final CombineValidation combinations;

    public Submissions(JobStore jobs, VersionCatalog versions, MethodCatalog methods) {
        this.submitter = new Submitter(jobs);
        this.finetuneFields = new FinetuneFields(methods);
        this.finetunes = new FinetuneValidation(versions);
        this.merges = new MergeValidation(versions);
        this.combineFields = new CombineFields(methods);
        this.combinations = new CombineValidation(versions);
    }

    /**
     * Submits a fine-tuning.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job finetune(TenantName tenant, SubmitFinetuneRequest request, Mutation mutation) {
        SpecFields fields = new SpecFields(tenant.tenant());
        FinetuneSpec effective = finetuneFields.effective(fields, request.getSpec());
        fields.call(request.getLabelsMap(), mutation);
        fields.throwIfAny();
        return submitter.submit(
                tenant,
                FINETUNE,
                request.getLabelsMap(),
                mutation,
                () -> finetunes.check(new SpecFields(tenant.tenant()), effective));
    }

    /**
     * Submits a merge.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job merge(TenantName tenant, SubmitMergeRequest request, Mutation mutation) {
        SpecFields fields = new SpecFields(tenant.tenant());
        MergeSpec effective = MergeValidation.effective(fields, request.getSpec());
        fields.call(request.getLabelsMap(), mutation);
        fields.throwIfAny();
        return submitter.submit(
                tenant,
                MERGE,
                request.getLabelsMap(),
                mutation,
                () -> merges.check(new SpecFields(tenant.tenant()), effective));
    }

    /**
     * Submits a combination of adapters.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job combine(TenantName tenant, SubmitCombineRequest request, Mutation mutation) {
        SpecFields fields = new SpecFields(tenant.tenant());
        CombineSpec effective = combineFields.effective(fields, request.getSpec());
        fields.call(request.getLabelsMap(), mutation);
        fields.throwIfAny();
        return submitter.submit(
                tenant,
                COMBINE,
                request.getLabelsMap(),
                mutation,
                () -> combinations.check(new SpecFields(tenant.tenant()), effective));
    }
}
