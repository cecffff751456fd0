package io.graft.pruning.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.ServiceParts;
import io.graft.v1.GetJobRequest;
import io.graft.v1.Job;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.MethodChoice;
import io.graft.v1.PruneSpec;
import io.graft.v1.PruningServiceGrpc;
import io.graft.v1.PruningServiceGrpc.PruningServiceBlockingStub;
import io.graft.v1.SubmitPruningRequest;
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
        initArgs = @ResourceArg(name = ServiceParts.SERVICE, value = "pruning"))
final class PruningGrpcServiceTest {
    private static final String TENANT = "tenants/default";

    private ManagedChannel channel;
    private PruningServiceBlockingStub pruning;

    @BeforeEach
    void connect() {
        channel = ServiceParts.channel();
        pruning = PruningServiceGrpc.newBlockingStub(channel).withInterceptors(ServiceParts.as("default"));
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void aSubmittedJobIsFound() {
        Job job = pruning.submitPruning(request().setRequestId("once").build());

        assertThat(pruning.submitPruning(request().setRequestId("once").build()).getName())
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
        Job job = pruning.submitPruning(request().setValidateOnly(true).build());

        assertThat(job.getName()).isEmpty();
        assertThat(job.getEstimate().hasTime()).isTrue();
    }

    @Test
    void refusesBadFieldsAndOtherTenants() {
        assertThat(refusal(() -> pruning.submitPruning(
                        SubmitPruningRequest.newBuilder().setParent(TENANT).build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal(() -> pruning.submitPruning(
                        request().setParent("tenants/other").build())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    private static SubmitPruningRequest.Builder request() {
        TrainingData.Builder rows = TrainingData.newBuilder()
                .setDataset(KnownVersions.datasetName("reviews"))
                .setSplit("train");
        return SubmitPruningRequest.newBuilder()
                .setParent(TENANT)
                .setSpec(PruneSpec.newBuilder()
                        .setSource(rows)
                        .setTarget(rows)
                        .setSurrogate(KnownVersions.name("encoder"))
                        .setMethod(MethodChoice.newBuilder().setName("label_mapping"))
                        .setKeepClasses(1)
                        .setOutputDataset("tenants/default/datasets/less"));
    }

    private static Status.Code refusal(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call), "was not refused")
                .getStatus()
                .getCode();
    }
}
