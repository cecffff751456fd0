package io.graft.finetuning.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.ServiceParts;
import io.graft.v1.FinetuneSpec;
import io.graft.v1.FinetuningServiceGrpc;
import io.graft.v1.FinetuningServiceGrpc.FinetuningServiceBlockingStub;
import io.graft.v1.GetJobRequest;
import io.graft.v1.Job;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.ListMethodsRequest;
import io.graft.v1.MethodChoice;
import io.graft.v1.MethodServiceGrpc;
import io.graft.v1.SubmitFinetuneRequest;
import io.graft.v1.SubmitMergeRequest;
import io.graft.v1.TrainingData;
import io.graft.v1.TrainingLoop;
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
        initArgs = @ResourceArg(name = ServiceParts.SERVICE, value = "finetuning"))
final class FinetuningGrpcServiceTest {
    private static final String TENANT = "tenants/default";

    private ManagedChannel channel;
    private FinetuningServiceBlockingStub finetuning;

    @BeforeEach
    void connect() {
        channel = ServiceParts.channel();
        finetuning = FinetuningServiceGrpc.newBlockingStub(channel).withInterceptors(ServiceParts.as("default"));
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void aSubmittedJobIsFound() {
        Job job = finetuning.submitFinetune(request().setRequestId("once").build());

        assertThat(finetuning
                        .submitFinetune(request().setRequestId("once").build())
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
        Job job = finetuning.submitFinetune(request().setValidateOnly(true).build());

        assertThat(job.getName()).isEmpty();
        assertThat(job.getEstimate().getArithmeticList()).hasSize(4);
    }

    @Test
    void tellsTheMethodsThatMayBeChosen() {
        assertThat(MethodServiceGrpc.newBlockingStub(channel)
                        .withInterceptors(ServiceParts.as("default"))
                        .listMethods(ListMethodsRequest.newBuilder()
                                .setFilter("kind = adapter")
                                .build())
                        .getMethodsList())
                .extracting(io.graft.v1.Method::getName)
                .contains("methods/adapter.lora", "methods/adapter.full");
    }

    @Test
    void refusesBadFieldsAndOtherTenants() {
        assertThat(refusal(() -> finetuning.submitMerge(
                        SubmitMergeRequest.newBuilder().setParent(TENANT).build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal(() -> finetuning.submitFinetune(
                        request().setParent("tenants/other").build())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    private static SubmitFinetuneRequest.Builder request() {
        return SubmitFinetuneRequest.newBuilder()
                .setParent(TENANT)
                .setSpec(FinetuneSpec.newBuilder()
                        .setBase(KnownVersions.name("encoder"))
                        .setOutputModel(TENANT + "/models/tuned")
                        .setObjective(MethodChoice.newBuilder().setName("classification"))
                        .setData(TrainingData.newBuilder().setDataset(KnownVersions.datasetName("reviews")))
                        .setLoop(TrainingLoop.newBuilder().setMaxSteps(10)));
    }

    private static Status.Code refusal(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call), "was not refused")
                .getStatus()
                .getCode();
    }
}
