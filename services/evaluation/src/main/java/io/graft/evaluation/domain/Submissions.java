package io.graft.evaluation.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobStore;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.platform.submission.Draft;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.Submitter;
import io.graft.platform.submission.VersionCatalog;
import io.graft.v1.Job;
import io.graft.v1.SubmitEvaluationRequest;
import io.graft.v1.SubmitInvarianceRequest;
import io.graft.v1.SubmitRankingRequest;
import io.graft.v1.SubmitRobustnessRequest;
import io.graft.v1.SubmitScoringRequest;
import io.graft.v1.SubmitSensitivityRequest;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

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
        return submit(
                tenant,
                EVALUATE,
                request.getLabelsMap(),
                mutation,
                fields -> evaluateFields.effective(fields, request.getSpec()),
                evaluations::check);
    }

    /**
     * Submits a scoring.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job score(TenantName tenant, SubmitScoringRequest request, Mutation mutation) {
        return submit(
                tenant,
                SCORE,
                request.getLabelsMap(),
                mutation,
                fields -> ScoreFields.effective(fields, request.getSpec()),
                scorings::check);
    }

    /**
     * Submits a test of robustness.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job robustness(TenantName tenant, SubmitRobustnessRequest request, Mutation mutation) {
        return submit(
                tenant,
                ROBUSTNESS,
                request.getLabelsMap(),
                mutation,
                fields -> RobustnessFields.effective(fields, request.getSpec()),
                robustness::check);
    }

    /**
     * Submits a ranking.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job rank(TenantName tenant, SubmitRankingRequest request, Mutation mutation) {
        return submit(
                tenant,
                RANK,
                request.getLabelsMap(),
                mutation,
                fields -> RankFields.effective(fields, request.getSpec()),
                rankings::check);
    }

    /**
     * Submits a measurement of invariance.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job invariance(TenantName tenant, SubmitInvarianceRequest request, Mutation mutation) {
        return submit(
                tenant,
                INVARIANCE,
                request.getLabelsMap(),
                mutation,
                fields -> InvarianceFields.effective(fields, request.getSpec()),
                invariances::check);
    }

    /**
     * Submits a measurement of sensitivity.
     *
     * @return the job; without name when only validated
     * @throws GraftException with every bad field, or with the reason why the job could not succeed
     */
    public Job sensitivity(TenantName tenant, SubmitSensitivityRequest request, Mutation mutation) {
        return submit(
                tenant,
                SENSITIVITY,
                request.getLabelsMap(),
                mutation,
                fields -> sensitivityFields.effective(fields, request.getSpec()),
                sensitivity::check);
    }

    private <S> Job submit(
            TenantName tenant,
            String kind,
            Map<String, String> labels,
            Mutation mutation,
            Function<SpecFields, S> defaults,
            BiFunction<SpecFields, S, Draft> check) {
        SpecFields fields = new SpecFields(tenant.tenant());
        S effective = defaults.apply(fields);
        fields.call(labels, mutation);
        fields.throwIfAny();
        return submitter.submit(
                tenant, kind, labels, mutation, () -> check.apply(new SpecFields(tenant.tenant()), effective));
    }
}
