package io.graft.evaluation.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.ServiceParts;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.EvaluationServiceGrpc;
import io.graft.v1.EvaluationServiceGrpc.EvaluationServiceBlockingStub;
import io.graft.v1.FitScalingLawRequest;
import io.graft.v1.GetJobRequest;
import io.graft.v1.Job;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.MethodChoice;
import io.graft.v1.RobustnessSpec;
import io.graft.v1.ScalingLawKind;
import io.graft.v1.ScalingPoint;
import io.graft.v1.ScoreSpec;
import io.graft.v1.ScoringKind;
import io.graft.v1.SubmitEvaluationRequest;
import io.graft.v1.SubmitRobustnessRequest;
import io.graft.v1.SubmitScoringRequest;
import io.graft.v1.SubmitSensitivityRequest;
import io.graft.v1.TrainingData;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = ServiceParts.class,
        initArgs = @ResourceArg(name = ServiceParts.SERVICE, value = "evaluation"))
final class EvaluationGrpcServiceTest {
    private static final String TENANT = "tenants/default";

    private ManagedChannel channel;
    private EvaluationServiceBlockingStub evaluation;

    @BeforeEach
    void connect() {
        channel = ServiceParts.channel();
        evaluation = EvaluationServiceGrpc.newBlockingStub(channel).withInterceptors(ServiceParts.as("default"));
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void aSubmittedJobIsFound() {
        Job job = evaluation.submitEvaluation(request().setRequestId("once").build());

        assertThat(evaluation
                        .submitEvaluation(request().setRequestId("once").build())
                        .getName())
                .isEqualTo(job.getName());
        assertThat(JobServiceGrpc.newBlockingStub(channel)
                        .withInterceptors(ServiceParts.as("default"))
                        .getJob(GetJobRequest.newBuilder()
                                .setName(job.getName())
                                .build())
                        .getSpec())
                .isEqualTo(job.getSpec());
    }

    @Test
    void validatingOnlyAnswersTheEstimate() {
        Job job = evaluation.submitEvaluation(request().setValidateOnly(true).build());

        assertThat(job.getName()).isEmpty();
        assertThat(job.getEstimate().hasTime()).isTrue();
    }

    @Test
    void aScoringIsSubmitted() {
        SubmitScoringRequest.Builder request = SubmitScoringRequest.newBuilder()
                .setParent(TENANT)
                .setSpec(ScoreSpec.newBuilder()
                        .setDataset(KnownVersions.datasetName("reviews"))
                        .setKind(ScoringKind.SCORING_KIND_LABEL)
                        .setPrediction("text")
                        .addReferences("label"));

        Job job = evaluation.submitScoring(request.setRequestId("scored").build());

        assertThat(job.getKind()).isEqualTo("score");
        assertThat(evaluation.submitScoring(request.build()).getName()).isEqualTo(job.getName());
        assertThat(refusal(() -> evaluation.submitScoring(
                        request.setParent("tenants/other").build())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void fitsAScalingLaw() {
        FitScalingLawRequest.Builder request = FitScalingLawRequest.newBuilder()
                .setParent(TENANT)
                .setKind(ScalingLawKind.SCALING_LAW_KIND_CROSS_ENTROPY)
                .addSizes(1e6);
        for (double size = 1000; size < 1e5; size *= 2) {
            request.addPoints(ScalingPoint.newBuilder().setSize(size).setScore(1 + 10 / Math.sqrt(size)));
        }

        assertThat(evaluation.fitScalingLaw(request.build()).getPredictions(0).getScore())
                .isCloseTo(1.01, within(1e-4));
        assertThat(refusal(() -> evaluation.fitScalingLaw(request.clearPoints().build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal(() -> evaluation.fitScalingLaw(
                        request.setParent("tenants/other").build())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void refusesBadFieldsAndOtherTenants() {
        assertThat(refusal(() -> evaluation.submitEvaluation(
                        SubmitEvaluationRequest.newBuilder().setParent(TENANT).build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal(() -> evaluation.submitEvaluation(
                        request().setParent("tenants/other").build())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void attacksAreOnVersionsOfTheTenantOnly() {
        assertThat(refusal(() -> evaluation.submitRobustness(
                        SubmitRobustnessRequest.newBuilder().setParent(TENANT).build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal(() -> evaluation.submitRobustness(SubmitRobustnessRequest.newBuilder()
                        .setParent(TENANT)
                        .setSpec(RobustnessSpec.newBuilder()
                                .setVersion("tenants/other/models/theirs/versions/1")
                                .setData(TrainingData.newBuilder().setDataset(KnownVersions.datasetName("reviews"))))
                        .build())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void sensitivityIsMeasuredOfSoundSpecificationsOnly() {
        assertThat(refusal(() -> evaluation.submitSensitivity(
                        SubmitSensitivityRequest.newBuilder().setParent(TENANT).build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    private static SubmitEvaluationRequest.Builder request() {
        return SubmitEvaluationRequest.newBuilder()
                .setParent(TENANT)
                .setSpec(EvaluateSpec.newBuilder()
                        .setVersion(KnownVersions.name("encoder"))
                        .setObjective(MethodChoice.newBuilder().setName("classification"))
                        .setData(TrainingData.newBuilder().setDataset(KnownVersions.datasetName("reviews"))));
    }

    private static Status.Code refusal(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call), "was not refused")
                .getStatus()
                .getCode();
    }
}
