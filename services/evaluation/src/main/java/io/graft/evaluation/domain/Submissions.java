package io.graft.evaluation.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobStore;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.Submitter;
import io.graft.platform.submission.VersionCatalog;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.InvarianceSpec;
import io.graft.v1.Job;
import io.graft.v1.RankSpec;
import io.graft.v1.RobustnessSpec;
import io.graft.v1.ScoreSpec;
import io.graft.v1.SensitivitySpec;
import io.graft.v1.SubmitEvaluationRequest;
import io.graft.v1.SubmitInvarianceRequest;
import io.graft.v1.SubmitRankingRequest;
import io.graft.v1.SubmitRobustnessRequest;
import io.graft.v1.SubmitScoringRequest;
import io.graft.v1.SubmitSensitivityRequest;

/** Takes submissions: checks all that can be known, then stores a job that waits for a worker. Thread-safe. */
public final class Submissions {
    /** Kind of a job that measures a version. */
    public static final String EVALUATE = "evaluate";

    /** Kind of a job that attacks a version. */
    public static final String ROBUSTNESS = "robustness";

    /** Kind of a job that scores predictions. */
    public static final String SCORE = "score";

    /** Kind of a job that ranks versions for a target. */
    public static final String RANK = "rank";

    /** Kind of a job that measures how invariant a version is. */
    public static final String INVARIANCE = "invariance";

    /** Kind of a job that bends a version's loss and tries learning rates. */
    public static final String SENSITIVITY = "sensitivity";

    private final Submitter submitter;
    private final EvaluateFields evaluateFields;
    private final EvaluateValidation evaluations;
    private final RankValidation rankings;
    private final InvarianceValidation invariances;
    private final ScoreValidation scorings;
    private final RobustnessValidation robustness;
    private final SensitivityFields sensitivityFields;
    private final SensitivityValidation sensitivity;

    public Submissions(JobStore jobs, VersionCatalog versions, MethodCatalog methods) {
        this.submitter = new Submitter(jobs);
        this.evaluateFields = new EvaluateFields(methods);
        this.evaluations = new EvaluateValidation(versions);
        this.rankings = new RankValidation(versions);
        this.invariances = new InvarianceValidation(versions);
        this.scorings = new ScoreValidation(versions);
        this.robustness = new RobustnessValidation(versions);
        this.sensitivityFields = new SensitivityFields(methods);
        this.sensitivity = new SensitivityValidation(versions);
    }

    /**
     * Submits an evaluation.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job evaluate(TenantName tenant, SubmitEvaluationRequest request, Mutation mutation) {
        SpecFields fields = new SpecFields(tenant.tenant());
        EvaluateSpec effective = evaluateFields.effective(fields, request.getSpec());
        fields.call(request.getLabelsMap(), mutation);
        fields.throwIfAny();
        return submitter.submit(
                tenant,
                EVALUATE,
                request.getLabelsMap(),
                mutation,
                () -> evaluations.check(new SpecFields(tenant.tenant()), effective));
    }

    /**
     * Submits a scoring.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job score(TenantName tenant, SubmitScoringRequest request, Mutation mutation) {
        SpecFields fields = new SpecFields(tenant.tenant());
        ScoreSpec effective = ScoreFields.effective(fields, request.getSpec());
        fields.call(request.getLabelsMap(), mutation);
        fields.throwIfAny();
        return submitter.submit(
                tenant,
                SCORE,
                request.getLabelsMap(),
                mutation,
                () -> scorings.check(new SpecFields(tenant.tenant()), effective));
    }

    /**
     * Submits a test of robustness.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job robustness(TenantName tenant, SubmitRobustnessRequest request, Mutation mutation) {
        SpecFields fields = new SpecFields(tenant.tenant());
        RobustnessSpec effective = RobustnessFields.effective(fields, request.getSpec());
        fields.call(request.getLabelsMap(), mutation);
        fields.throwIfAny();
        return submitter.submit(
                tenant,
                ROBUSTNESS,
                request.getLabelsMap(),
                mutation,
                () -> robustness.check(new SpecFields(tenant.tenant()), effective));
    }

    /**
     * Submits a ranking.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job rank(TenantName tenant, SubmitRankingRequest request, Mutation mutation) {
        SpecFields fields = new SpecFields(tenant.tenant());
        RankSpec effective = RankFields.effective(fields, request.getSpec());
        fields.call(request.getLabelsMap(), mutation);
        fields.throwIfAny();
        return submitter.submit(
                tenant,
                RANK,
                request.getLabelsMap(),
                mutation,
                () -> rankings.check(new SpecFields(tenant.tenant()), effective));
    }

    /**
     * Submits a measurement of invariance.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job invariance(TenantName tenant, SubmitInvarianceRequest request, Mutation mutation) {
        SpecFields fields = new SpecFields(tenant.tenant());
        InvarianceSpec effective = InvarianceFields.effective(fields, request.getSpec());
        fields.call(request.getLabelsMap(), mutation);
        fields.throwIfAny();
        return submitter.submit(
                tenant,
                INVARIANCE,
                request.getLabelsMap(),
                mutation,
                () -> invariances.check(new SpecFields(tenant.tenant()), effective));
    }

    /**
     * Submits a measurement of sensitivity.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job sensitivity(TenantName tenant, SubmitSensitivityRequest request, Mutation mutation) {
        SpecFields fields = new SpecFields(tenant.tenant());
        SensitivitySpec effective = sensitivityFields.effective(fields, request.getSpec());
        fields.call(request.getLabelsMap(), mutation);
        fields.throwIfAny();
        return submitter.submit(
                tenant,
                SENSITIVITY,
                request.getLabelsMap(),
                mutation,
                () -> sensitivity.check(new SpecFields(tenant.tenant()), effective));
    }
}
