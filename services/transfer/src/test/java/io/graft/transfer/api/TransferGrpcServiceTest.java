package io.graft.transfer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.ServiceParts;
import io.graft.v1.CancelJobRequest;
import io.graft.v1.GetJobRequest;
import io.graft.v1.GraftSpec;
import io.graft.v1.Job;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.JobServiceGrpc.JobServiceBlockingStub;
import io.graft.v1.SubmitDiffRequest;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.TransferServiceGrpc;
import io.graft.v1.TransferServiceGrpc.TransferServiceBlockingStub;
import io.graft.v1.VersionPair;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
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
        initArgs = @ResourceArg(name = ServiceParts.SERVICE, value = "transfer"))
final class TransferGrpcServiceTest {
    private static final String TENANT = "tenants/default";

    private ManagedChannel channel;
    private TransferServiceBlockingStub anyone;
    private TransferServiceBlockingStub transfer;
    private JobServiceBlockingStub jobs;

    @BeforeEach
    void connect() {
        channel = ServiceParts.channel();
        anyone = TransferServiceGrpc.newBlockingStub(channel);
        transfer = anyone.withInterceptors(ServiceParts.as("default"));
        jobs = JobServiceGrpc.newBlockingStub(channel).withInterceptors(ServiceParts.as("default"));
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void aSubmittedJobIsFoundAndCancelled() {
        Job job = transfer.submitGraft(graft().setRequestId("once").build());
        assertThat(transfer.submitGraft(graft().setRequestId("once").build()).getName())
                .isEqualTo(job.getName());
        Job found =
                jobs.getJob(GetJobRequest.newBuilder().setName(job.getName()).build());
        assertThat(found.getSpec()).isEqualTo(job.getSpec());
        assertThat(found.getTraceId()).hasSize(32);
        Job cancelled = jobs.cancelJob(
                CancelJobRequest.newBuilder().setName(job.getName()).build());
        assertThat(cancelled.getState().name()).isEqualTo("JOB_STATE_CANCELLED");
    }

    @Test
    void validatingOnlyAnswersTheEstimate() {
        Job job = transfer.submitGraft(graft().setValidateOnly(true).build());
        assertThat(job.getName()).isEmpty();
        assertThat(job.getEstimate().getArithmeticList()).hasSize(3);
    }

    @Test
    void passesTheRegistrysReasonsOn() {
        SubmitGraftRequest.Builder request = graft();
        request.getSpecBuilder().setTarget(KnownVersions.name("absent"));
        StatusRuntimeException refusal = refusal(() -> transfer.submitGraft(request.build()));
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(reason(refusal)).isEqualTo("NOT_FOUND");
    }

    @Test
    void refusesBadFieldsOtherTenantsAndNoToken() {
        assertThat(reason(refusal(() -> transfer.submitDiff(
                        SubmitDiffRequest.newBuilder().setParent(TENANT).build()))))
                .isEqualTo("INVALID_REQUEST");
        assertThat(reason(refusal(() ->
                        transfer.submitGraft(graft().setParent("tenants/other").build()))))
                .isEqualTo("PERMISSION_DENIED");
        assertThat(reason(refusal(() -> anyone.submitGraft(graft().build())))).isEqualTo("UNAUTHENTICATED");
    }

    private static SubmitGraftRequest.Builder graft() {
        return SubmitGraftRequest.newBuilder()
                .setParent(TENANT)
                .setSpec(GraftSpec.newBuilder()
                        .setSource(VersionPair.newBuilder()
                                .setBase(KnownVersions.name("base"))
                                .setFinetuned(KnownVersions.name("tuned")))
                        .setTarget(KnownVersions.name("target"))
                        .setOutputModel(TENANT + "/models/grafted"));
    }

    private static StatusRuntimeException refusal(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call), "was not refused");
    }

    private static String reason(StatusRuntimeException refusal) {
        com.google.rpc.Status status = Objects.requireNonNull(StatusProto.fromThrowable(refusal));
        try {
            return status.getDetails(0).unpack(ErrorInfo.class).getReason();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
