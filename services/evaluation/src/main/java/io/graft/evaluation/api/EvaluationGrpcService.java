package io.graft.evaluation.api;

import static io.graft.platform.grpc.Calls.answer;
import static io.graft.platform.grpc.Calls.mutation;
import static io.graft.platform.grpc.Calls.tenant;

import io.graft.evaluation.domain.ScalingLaws;
import io.graft.evaluation.domain.Submissions;
import io.graft.v1.EvaluationServiceGrpc;
import io.graft.v1.FitScalingLawRequest;
import io.graft.v1.FitScalingLawResponse;
import io.graft.v1.Job;
import io.graft.v1.SubmitEvaluationRequest;
import io.graft.v1.SubmitInvarianceRequest;
import io.graft.v1.SubmitRankingRequest;
import io.graft.v1.SubmitRobustnessRequest;
import io.graft.v1.SubmitScoringRequest;
import io.graft.v1.SubmitSensitivityRequest;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** {@code graft.v1.EvaluationService}. */
@GrpcService
@Blocking
public final class EvaluationGrpcService extends EvaluationServiceGrpc.EvaluationServiceImplBase {
    private final Submissions submissions;
    private final ScalingLaws scalingLaws = new ScalingLaws();

    EvaluationGrpcService(Evaluation evaluation) {
        this.submissions = evaluation.submissions();
    }

    @Override
    public void submitEvaluation(SubmitEvaluationRequest request, StreamObserver<Job> observer) {
        answer(observer, submissions.evaluate(tenant(request.getParent()), request, mutation(request)));
    }

    @Override
    public void submitRobustness(SubmitRobustnessRequest request, StreamObserver<Job> observer) {
        answer(observer, submissions.robustness(tenant(request.getParent()), request, mutation(request)));
    }

    @Override
    public void submitScoring(SubmitScoringRequest request, StreamObserver<Job> observer) {
        answer(observer, submissions.score(tenant(request.getParent()), request, mutation(request)));
    }

    @Override
    public void submitRanking(SubmitRankingRequest request, StreamObserver<Job> observer) {
        answer(observer, submissions.rank(tenant(request.getParent()), request, mutation(request)));
    }

    @Override
    public void submitInvariance(SubmitInvarianceRequest request, StreamObserver<Job> observer) {
        answer(observer, submissions.invariance(tenant(request.getParent()), request, mutation(request)));
    }

    @Override
    public void submitSensitivity(SubmitSensitivityRequest request, StreamObserver<Job> observer) {
        answer(observer, submissions.sensitivity(tenant(request.getParent()), request, mutation(request)));
    }

    @Override
    public void fitScalingLaw(FitScalingLawRequest request, StreamObserver<FitScalingLawResponse> observer) {
        tenant(request.getParent());
        answer(observer, scalingLaws.fit(request));
    }
}
