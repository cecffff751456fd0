package io.graft.training.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobStore;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.Submitter;
import io.graft.platform.submission.VersionCatalog;
import io.graft.v1.Job;
import io.graft.v1.SubmitTrainRequest;
import io.graft.v1.TrainSpec;

/** Takes submissions: checks all that can be known, then stores a job that waits for a worker. Thread-safe. */
public final class Submissions {
    /** Kind of a job that trains every weight of a model. */
    public static final String TRAIN = "train";

    private final Submitter submitter;
    private final TrainFields trainFields;
    private final TrainValidation trainings;

    public Submissions(JobStore jobs, VersionCatalog versions, MethodCatalog methods) {
        this.submitter = new Submitter(jobs);
        this.trainFields = new TrainFields(methods);
        this.trainings = new TrainValidation(versions);
    }

    /**
     * Submits a training.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job train(TenantName tenant, SubmitTrainRequest request, Mutation mutation) {
        SpecFields fields = new SpecFields(tenant.tenant());
        TrainSpec effective = trainFields.effective(fields, request.getSpec());
        fields.call(request.getLabelsMap(), mutation);
        fields.throwIfAny();
        return submitter.submit(
                tenant,
                TRAIN,
                request.getLabelsMap(),
                mutation,
                () -> trainings.check(new SpecFields(tenant.tenant()), effective));
    }
}
