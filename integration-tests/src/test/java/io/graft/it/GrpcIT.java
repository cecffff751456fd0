package io.graft.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.graft.v1.GetJobRequest;
import io.graft.v1.GetModelVersionRequest;
import io.graft.v1.GraftSpec;
import io.graft.v1.Job;
import io.graft.v1.JobEvent;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.JobState;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.TransferServiceGrpc;
import io.graft.v1.VersionPair;
import io.graft.v1.WatchJobRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The same platform through the generated gRPC stubs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GrpcIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final GraftStack stack = SharedStack.get();
    private final ManagedChannel channel =
            NettyChannelBuilder.forTarget(stack.grpcTarget()).usePlaintext().build();
    private final String prefix = "grpc-" + UUID.randomUUID().toString().substring(0, 8);

    @AfterAll
    void close() {
        channel.shutdownNow();
    }

    @Test
    void aGraftFromSubmissionToTheRegistryWithOneTrace() throws InvalidProtocolBufferException {
        Job submitted = transfer(headers(stack.token())).submitGraft(request("story"));
        assertThat(submitted.getTraceId()).isEqualTo(TRACE);
        assertThat(submitted.getSpec().unpack(GraftSpec.class).getLambda()).isEqualTo(1.0);

        List<JobEvent> events = watch(submitted.getName(), 0);
        assertThat(events).last().extracting(JobEvent::getState).isEqualTo(JobState.JOB_STATE_SUCCEEDED);
        assertThat(events)
                .extracting(JobEvent::getSequence)
                .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(watch(submitted.getName(), 2)).isEqualTo(events.subList(2, events.size()));

        Job ended = jobs().getJob(
                        GetJobRequest.newBuilder().setName(submitted.getName()).build());
        String version = ended.getOutputs(0);
        assertThat(registry()
                        .getModelVersion(GetModelVersionRequest.newBuilder()
                                .setName(version)
                                .build())
                        .getJob())
                .isEqualTo(submitted.getName());
        assertThat(stack.workerLog(submitted.getName(), 1)).contains(TRACE);
    }

    @Test
    void anUnknownJobIsNotFoundWithAReason() {
        GetJobRequest request =
                GetJobRequest.newBuilder().setName("tenants/default/jobs/none").build();
        assertThatThrownBy(() -> jobs().getJob(request))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class, e -> assertThat(reason(e)).isEqualTo("NOT_FOUND"));
    }

    @Test
    void withoutATokenNothingButHealthAnswers() {
        GetJobRequest request =
                GetJobRequest.newBuilder().setName("tenants/default/jobs/none").build();
        assertThatThrownBy(() -> JobServiceGrpc.newBlockingStub(channel).getJob(request))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class, e -> assertThat(reason(e)).isEqualTo("UNAUTHENTICATED"));
        assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void anUnknownFieldIsRefused() {
        SubmitGraftRequest request = request("unknown").toBuilder()
                .setUnknownFields(com.google.protobuf.UnknownFieldSet.newBuilder()
                        .addField(
                                99,
                                com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                                        .addVarint(1)
                                        .build())
                        .build())
                .build();
        assertThatThrownBy(() -> transfer(headers(stack.token())).submitGraft(request))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class, e -> assertThat(reason(e)).isEqualTo("UNKNOWN_FIELD"));
    }

    private SubmitGraftRequest request(String name) {
        RestClient rest = stack.rest();
        return SubmitGraftRequest.newBuilder()
                .setParent("tenants/default")
                .setRequestId(prefix + "-" + name)
                .setSpec(GraftSpec.newBuilder()
                        .setSource(VersionPair.newBuilder()
                                .setBase(rest.upload(prefix + "-base", TinyModel.random(21)))
                                .setFinetuned(rest.upload(prefix + "-tuned", TinyModel.random(22))))
                        .setTarget(rest.upload(prefix + "-target", TinyModel.random(23)))
                        .setOutputModel("tenants/default/models/" + prefix + "-" + name))
                .build();
    }

    private List<JobEvent> watch(String job, long from) {
        List<JobEvent> events = new ArrayList<>();
        jobs().watchJob(WatchJobRequest.newBuilder()
                        .setName(job)
                        .setFromSequence(from)
                        .build())
                .forEachRemaining(events::add);
        return events;
    }

    private JobServiceGrpc.JobServiceBlockingStub jobs() {
        return JobServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(stack.token())));
    }

    private RegistryServiceGrpc.RegistryServiceBlockingStub registry() {
        return RegistryServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(stack.token())));
    }

    private TransferServiceGrpc.TransferServiceBlockingStub transfer(Metadata headers) {
        return TransferServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static Metadata headers(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        headers.put(
                Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER),
                "00-" + TRACE + "-00f067aa0ba902b7-01");
        return headers;
    }

    private static String reason(StatusRuntimeException e) {
        for (Any detail : requireNonNull(StatusProto.fromThrowable(e), "status").getDetailsList()) {
            if (detail.is(ErrorInfo.class)) {
                try {
                    return detail.unpack(ErrorInfo.class).getReason();
                } catch (InvalidProtocolBufferException malformed) {
                    throw new IllegalStateException(malformed);
                }
            }
        }
        return "";
    }
}
