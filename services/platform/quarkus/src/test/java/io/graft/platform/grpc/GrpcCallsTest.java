package io.graft.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import io.graft.v1.GraftSpec;
import io.graft.v1.Job;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.ListJobsRequest;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.TransferServiceGrpc;
import io.graft.v1.VersionPair;
import io.graft.v1.WatchJobRequest;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One service in Quarkus as it is deployed, called over its gRPC port. */
@QuarkusTest
@QuarkusTestResource(Installation.class)
class GrpcCallsTest {
    private static final Duration BOUND = Duration.ofSeconds(15);

    private Client client;

    @BeforeEach
    void connect() {
        client = new Client();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void letsInWhoeverHasAToken() {
        Job answer = client.failures(client.tokens().good()).submitGraft(Client.wish("nothing"));

        assertThat(answer.getName()).isEqualTo("tester");
        assertThat(answer.getLabelsOrThrow("thread")).contains("executor-thread");
    }

    @Test
    void refusesCallsWithoutAGoodToken() {
        Instant later = Instant.now().plusSeconds(600);
        Stream.of(
                        "nonsense",
                        client.tokens().good() + "x",
                        TestTokens.unsigned(),
                        TestTokens.ofAStranger().good(),
                        client.tokens().token("other", "tester", "[\"default\"]", later),
                        client.tokens()
                                .token(
                                        "graft",
                                        "tester",
                                        "[\"default\"]",
                                        Instant.now().minusSeconds(600)),
                        client.tokens().token("graft", "tester", "[]", later),
                        client.tokens().token("graft", "tester", "\"default\"", later))
                .forEach(token -> Failure.check(
                        Status.Code.UNAUTHENTICATED,
                        "UNAUTHENTICATED",
                        () -> client.failures(token).submitGraft(Client.wish("nothing"))));
        Failure.check(
                Status.Code.UNAUTHENTICATED,
                "UNAUTHENTICATED",
                () -> TransferServiceGrpc.newBlockingStub(client.channel()).submitGraft(Client.wish("nothing")));
        Failure.check(
                Status.Code.UNAUTHENTICATED,
                "UNAUTHENTICATED",
                () -> JobServiceGrpc.newBlockingStub(client.channel())
                        .watchJob(WatchJobRequest.newBuilder()
                                .setName("tenants/default/jobs/x")
                                .build())
                        .next());
    }

    @Test
    void checksTheTenantBeforeAnythingElse() {
        for (String tenant : List.of("third", "defaul")) {
            String job = "tenants/" + tenant + "/jobs/none";
            Failure.check(
                    Status.Code.PERMISSION_DENIED,
                    "PERMISSION_DENIED",
                    () -> client.api().getJob(Client.get(job)));
            Failure.check(
                    Status.Code.PERMISSION_DENIED,
                    "PERMISSION_DENIED",
                    () -> client.api()
                            .listJobs(ListJobsRequest.newBuilder()
                                    .setParent("tenants/" + tenant)
                                    .setFilter("nonsense")
                                    .build()));
        }
        Failure.check(
                Status.Code.NOT_FOUND, "NOT_FOUND", () -> client.api().getJob(Client.get("tenants/second/jobs/none")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersEveryFailureWithItsDetails(boolean onWorkerThread) throws Exception {
        List<Any> fields = Failure.check(
                Status.Code.INVALID_ARGUMENT, "INVALID_REQUEST", client.wishing("fields", onWorkerThread));
        assertThat(Failure.detail(fields, BadRequest.class).getFieldViolationsList())
                .extracting(BadRequest.FieldViolation::getField)
                .containsExactly("spec.lambda", "spec.target");

        List<Any> away = Failure.check(
                Status.Code.UNAVAILABLE, "DATABASE_UNAVAILABLE", client.wishing("unavailable", onWorkerThread));
        assertThat(Failure.detail(away, RetryInfo.class).getRetryDelay().getSeconds())
                .isPositive();

        List<Any> condition = Failure.check(
                Status.Code.FAILED_PRECONDITION, "TENSOR_MISMATCH", client.wishing("precondition", onWorkerThread));
        assertThat(Failure.detail(condition, ErrorInfo.class).getMetadataMap())
                .containsEntry("tensor", "encoder.weight");
        assertThat(Failure.detail(condition, PreconditionFailure.class)
                        .getViolations(0)
                        .getSubject())
                .isEqualTo("tensor=encoder.weight");

        List<Any> disk =
                Failure.check(Status.Code.RESOURCE_EXHAUSTED, "DISK_SPACE", client.wishing("disk", onWorkerThread));
        assertThat(Failure.detail(disk, QuotaFailure.class).getViolationsCount())
                .isEqualTo(1);

        Failure.check(Status.Code.NOT_FOUND, "NOT_FOUND", client.wishing("observer", onWorkerThread));
        Failure.check(Status.Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", client.wishing("status", onWorkerThread));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "error"})
    void hidesWhatIsNotMeantForCallers(String wish) throws Exception {
        for (boolean onWorkerThread : List.of(true, false)) {
            StatusRuntimeException failure =
                    catchThrowableOfType(StatusRuntimeException.class, client.wishing(wish, onWorkerThread));

            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
            assertThat(failure.getStatus().getDescription()).doesNotContain("secret", "deep", "Exception");
            ErrorInfo info = Failure.detail(Failure.details(failure), ErrorInfo.class);
            assertThat(info.getReason()).isEqualTo("INTERNAL");
            assertThat(info.getMetadataMap()).containsKey("log_id");
            assertThat(failure.getStatus().getDescription()).contains(info.getMetadataOrThrow("log_id"));
        }
    }

    @Test
    void sticksToAnAnswerThatWasGiven() {
        assertThat(client.failures(client.tokens().good()).submitGraft(Client.wish("twice")))
                .isEqualTo(Job.getDefaultInstance());
    }

    @Test
    void refusesUnknownFieldsWhereverTheyAre() throws Exception {
        UnknownFieldSet.Field one =
                UnknownFieldSet.Field.newBuilder().addVarint(1).build();
        SubmitGraftRequest request = SubmitGraftRequest.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder().addField(99, one).build())
                .setSpec(GraftSpec.newBuilder()
                        .setSource(VersionPair.newBuilder()
                                .setUnknownFields(UnknownFieldSet.newBuilder()
                                        .addField(7, one)
                                        .build())))
                .build();

        List<Any> details = Failure.check(
                Status.Code.INVALID_ARGUMENT,
                "UNKNOWN_FIELD",
                () -> client.failures(client.tokens().good()).submitGraft(request));

        assertThat(Failure.detail(details, BadRequest.class).getFieldViolationsList())
                .extracting(BadRequest.FieldViolation::getField)
                .containsExactly("#99", "spec.source.#7");
    }

    @Test
    void carriesRequestIdAndTrace() throws Exception {
        Metadata sent = new Metadata();
        sent.put(RequestContext.REQUEST_ID, "call-17");
        sent.put(RequestContext.TRACEPARENT, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        AtomicReference<Metadata> headers = new AtomicReference<>();
        AtomicReference<Metadata> trailers = new AtomicReference<>();
        TransferServiceGrpc.TransferServiceBlockingStub stub = client.failures(
                        client.tokens().good())
                .withInterceptors(
                        MetadataUtils.newAttachHeadersInterceptor(sent),
                        MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));

        Job answer = stub.submitGraft(Client.wish("nothing"));
        assertThat(answer.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(answer.getLabelsOrThrow("mdc")).isEqualTo("call-17");
        assertThat(headers.get().get(RequestContext.REQUEST_ID)).isEqualTo("call-17");

        StatusRuntimeException failure =
                catchThrowableOfType(StatusRuntimeException.class, () -> stub.submitGraft(Client.wish("unknown")));
        assertThat(Failure.detail(Failure.details(failure), ErrorInfo.class).getMetadataMap())
                .containsEntry("request_id", "call-17");
        assertThat(trailers.get().get(RequestContext.REQUEST_ID)).isEqualTo("call-17");
    }

    @Test
    void makesUpARequestIdInPlaceOfAnOddOne() {
        Metadata sent = new Metadata();
        sent.put(RequestContext.REQUEST_ID, "a b\tc");

        String used = client.failures(client.tokens().good())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(sent))
                .submitGraft(Client.wish("nothing"))
                .getLabelsOrThrow("mdc");

        assertThat(used).matches("[0-9a-f-]{36}");
    }

    @Test
    void forwardsTokenRequestAndTrace() {
        RequestContext request = RequestContext.of(new Metadata());
        Caller caller = new Caller(
                "tester", java.util.Set.of("default"), client.tokens().good(), request);
        io.grpc.Context context =
                io.grpc.Context.current().withValue(RequestContext.KEY, request).withValue(Caller.KEY, caller);
        Channel forwarding = ClientInterceptors.intercept(client.channel(), new CallerForwarding());

        context.run(() -> {
            Job answer = TransferServiceGrpc.newBlockingStub(forwarding).submitGraft(Client.wish("nothing"));
            assertThat(answer.getTraceId()).isEqualTo(request.trace().traceId());
            assertThat(answer.getLabelsOrThrow("mdc")).isEqualTo(request.requestId());
        });
        assertThat(caller.toString()).doesNotContain(caller.token());
    }

    @Test
    void leavesHealthAndReflectionOpen() throws Exception {
        HealthCheckResponse health = HealthGrpc.newBlockingStub(client.channel())
                .check(HealthCheckRequest.newBuilder()
                        .setService("graft.v1.JobService")
                        .build());
        assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
        assertThat(client.services()).contains("graft.v1.JobService", "grpc.health.v1.Health");
    }

    @Test
    void isReadyAndAliveWithoutABrokerAndShowsItsFigures() throws Exception {
        client.launched();

        assertThat(client.fetch("health/ready")).contains("\"UP\"").contains("graft-database");
        assertThat(client.fetch("health/live")).contains("\"UP\"").contains("graft-background");
        await().atMost(BOUND).untilAsserted(() -> {
            String metrics = client.fetch("metrics");
            assertThat(metrics)
                    .containsPattern("graft_outbox_pending\\{service=\"test\"} [1-9]")
                    .containsPattern("graft_outbox_age_seconds\\{service=\"test\"} [0-9.]+")
                    .containsPattern("graft_jobs\\{service=\"test\",state=\"launching\"} [1-9]")
                    .containsPattern(
                            "graft_job_transitions_total\\{kind=\"graft\",service=\"test\",state=\"launching\"} [1-9]")
                    .contains("graft_events_lag{service=\"test\",subscription=\"jobs\"}")
                    .contains("grpc_server_processing_duration_seconds");
        });
    }
}
