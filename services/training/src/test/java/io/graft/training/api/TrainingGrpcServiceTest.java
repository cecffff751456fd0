package io.graft.training.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.ServiceParts;
import io.graft.v1.GetJobRequest;
import io.graft.v1.Job;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.MethodChoice;
import io.graft.v1.SubmitTrainRequest;
import io.graft.v1.TrainSpec;
import io.graft.v1.TrainingData;
import io.graft.v1.TrainingLoop;
import io.graft.v1.TrainingServiceGrpc;
import io.graft.v1.TrainingServiceGrpc.TrainingServiceBlockingStub;
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
        initArgs = @ResourceArg(name = ServiceParts.SERVICE, value = "training"))
final class TrainingGrpcServiceTest {
    private static final String TENANT = "tenants/default";

    private ManagedChannel channel;
    private TrainingServiceBlockingStub training;

    @BeforeEach
    void connect() {
        channel = ServiceParts.channel();
        training = TrainingServiceGrpc.newBlockingStub(channel).withInterceptors(ServiceParts.as("default"));
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void aSubmittedJobIsFound() {
        Job job = training.submitTrain(request().setRequestId("once").build());

        assertThat(training.submitTrain(request().setRequestId("once").build()).getName())
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
        Job job = training.submitTrain(request().setValidateOnly(true).build());

        assertThat(job.getName()).isEmpty();
        assertThat(job.getEstimate().hasTime()).isTrue();
    }

    @Test
    void refusesBadFieldsAndOtherTenants() {
        assertThat(refusal(() -> training.submitTrain(
                        SubmitTrainRequest.newBuilder().setParent(TENANT).build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal(() -> training.submitTrain(
                        request().setParent("tenants/other").build())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    private static SubmitTrainRequest.Builder request() {
        return SubmitTrainRequest.newBuilder()
                .setParent(TENANT)
                .setSpec(TrainSpec.newBuilder()
                        .setBase(KnownVersions.name("decoder"))
                        .setOutputModel(TENANT + "/models/trained")
                        .setLoop(TrainingLoop.newBuilder().setMaxSteps(10))
                        .setObjective(MethodChoice.newBuilder().setName("causal_lm"))
                        .setData(TrainingData.newBuilder().setDataset(KnownVersions.datasetName("reviews"))));
    }

    private static Status.Code refusal(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call), "was not refused")
                .getStatus()
                .getCode();
    }
}
