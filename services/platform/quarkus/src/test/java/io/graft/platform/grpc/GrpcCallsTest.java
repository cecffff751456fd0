package io.graft.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import io.graft.platform.job.JobMachine;
import io.graft.platform.job.JobRecord;
import io.graft.platform.job.RetryPolicy;
import io.graft.platform.jobs.JobRuntime;
import io.graft.platform.postgres.Jobs;
import io.graft.v1.CancelJobRequest;
import io.graft.v1.GetJobRequest;
import io.graft.v1.GraftSpec;
import io.graft.v1.Job;
import io.graft.v1.JobEvent;
import io.graft.v1.JobProgress;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.JobState;
import io.graft.v1.ListJobsRequest;
import io.graft.v1.ListJobsResponse;
import io.graft.v1.SubmitDiffRequest;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.TransferServiceGrpc;
import io.graft.v1.VersionPair;
import io.graft.v1.WatchJobRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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

    @ConfigProperty(name = "test.grpc.port")
    int port;

    @ConfigProperty(name = "test.private-key")
    String privateKey;

    @TestHTTPResource("/q/")
    URI management;

    @Inject
    JobRuntime jobs;

    private ManagedChannel channel;
    private TestTokens tokens;

    @BeforeEach
    void connect() {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
        tokens = TestTokens.of(privateKey);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void letsInWhoeverHasAToken() {
        Job answer = failures(tokens.good()).submitGraft(wish("nothing"));

        assertThat(answer.getName()).isEqualTo("tester");
        assertThat(answer.getLabelsOrThrow("thread")).contains("executor-thread");
    }

    @Test
    void refusesCallsWithoutAGoodToken() {
        Instant later = Instant.now().plusSeconds(600);
        Stream.of(
                        "nonsense",
                        tokens.good() + "x",
                        TestTokens.unsigned(),
                        TestTokens.ofAStranger().good(),
                        tokens.token("other", "tester", "[\"default\"]", later),
                        tokens.token(
                                "graft",
                                "tester",
                                "[\"default\"]",
                                Instant.now().minusSeconds(600)),
                        tokens.token("graft", "tester", "[]", later),
                        tokens.token("graft", "tester", "\"default\"", later))
                .forEach(token -> assertFailure(
                        Status.Code.UNAUTHENTICATED,
                        "UNAUTHENTICATED",
                        () -> failures(token).submitGraft(wish("nothing"))));
        assertFailure(
                Status.Code.UNAUTHENTICATED,
                "UNAUTHENTICATED",
                () -> TransferServiceGrpc.newBlockingStub(channel).submitGraft(wish("nothing")));
        assertFailure(
                Status.Code.UNAUTHENTICATED,
                "UNAUTHENTICATED",
                () -> JobServiceGrpc.newBlockingStub(channel)
                        .watchJob(WatchJobRequest.newBuilder()
                                .setName("tenants/default/jobs/x")
                                .build())
                        .hasNext());
    }

    @Test
    void checksTheTenantBeforeAnythingElse() {
        for (String tenant : List.of("third", "defaul")) {
            String job = "tenants/" + tenant + "/jobs/none";
            assertFailure(Status.Code.PERMISSION_DENIED, "PERMISSION_DENIED", () -> api().getJob(get(job)));
            assertFailure(
                    Status.Code.PERMISSION_DENIED,
                    "PERMISSION_DENIED",
                    () -> api().listJobs(ListJobsRequest.newBuilder()
                            .setParent("tenants/" + tenant)
                            .setFilter("nonsense")
                            .build()));
        }
        assertFailure(Status.Code.NOT_FOUND, "NOT_FOUND", () -> api().getJob(get("tenants/second/jobs/none")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersEveryFailureWithItsDetails(boolean onWorkerThread) throws Exception {
        List<Any> fields =
                assertFailure(Status.Code.INVALID_ARGUMENT, "INVALID_REQUEST", wishing("fields", onWorkerThread));
        assertThat(detail(fields, BadRequest.class).getFieldViolationsList())
                .extracting(BadRequest.FieldViolation::getField)
                .containsExactly("spec.lambda", "spec.target");

        List<Any> away =
                assertFailure(Status.Code.UNAVAILABLE, "DATABASE_UNAVAILABLE", wishing("unavailable", onWorkerThread));
        assertThat(detail(away, RetryInfo.class).getRetryDelay().getSeconds()).isPositive();

        List<Any> condition = assertFailure(
                Status.Code.FAILED_PRECONDITION, "TENSOR_MISMATCH", wishing("precondition", onWorkerThread));
        assertThat(detail(condition, ErrorInfo.class).getMetadataMap()).containsEntry("tensor", "encoder.weight");
        assertThat(detail(condition, PreconditionFailure.class).getViolations(0).getSubject())
                .isEqualTo("tensor=encoder.weight");

        List<Any> disk = assertFailure(Status.Code.RESOURCE_EXHAUSTED, "DISK_SPACE", wishing("disk", onWorkerThread));
        assertThat(detail(disk, QuotaFailure.class).getViolationsCount()).isEqualTo(1);

        assertFailure(Status.Code.NOT_FOUND, "NOT_FOUND", wishing("observer", onWorkerThread));
        assertFailure(Status.Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", wishing("status", onWorkerThread));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "error"})
    void hidesWhatIsNotMeantForCallers(String wish) throws Exception {
        for (boolean onWorkerThread : List.of(true, false)) {
            StatusRuntimeException failure = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> wishing(wish, onWorkerThread).run());

            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
            assertThat(failure.toString()).doesNotContain("secret", "deep", "Exception:");
            ErrorInfo info = detail(details(failure), ErrorInfo.class);
            assertThat(info.getReason()).isEqualTo("INTERNAL");
            assertThat(info.getMetadataMap()).containsKey("log_id");
            assertThat(failure.getStatus().getDescription()).contains(info.getMetadataOrThrow("log_id"));
        }
    }

    @Test
    void sticksToAnAnswerThatWasGiven() {
        assertThat(failures(tokens.good()).submitGraft(wish("twice"))).isEqualTo(Job.getDefaultInstance());
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

        List<Any> details = assertFailure(
                Status.Code.INVALID_ARGUMENT,
                "UNKNOWN_FIELD",
                () -> failures(tokens.good()).submitGraft(request));

        assertThat(detail(details, BadRequest.class).getFieldViolationsList())
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
        TransferServiceGrpc.TransferServiceBlockingStub stub = failures(tokens.good())
                .withInterceptors(
                        MetadataUtils.newAttachHeadersInterceptor(sent),
                        MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));

        Job answer = stub.submitGraft(wish("nothing"));
        assertThat(answer.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(answer.getLabelsOrThrow("mdc")).isEqualTo("call-17");
        assertThat(headers.get().get(RequestContext.REQUEST_ID)).isEqualTo("call-17");

        StatusRuntimeException failure =
                catchThrowableOfType(StatusRuntimeException.class, () -> stub.submitGraft(wish("unknown")));
        assertThat(detail(details(failure), ErrorInfo.class).getMetadataMap()).containsEntry("request_id", "call-17");
        assertThat(trailers.get().get(RequestContext.REQUEST_ID)).isEqualTo("call-17");
    }

    @Test
    void makesUpARequestIdInPlaceOfAnOddOne() {
        Metadata sent = new Metadata();
        sent.put(RequestContext.REQUEST_ID, "a b\tc");

        String used = failures(tokens.good())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(sent))
                .submitGraft(wish("nothing"))
                .getLabelsOrThrow("mdc");

        assertThat(used).matches("[0-9a-f-]{36}");
    }

    @Test
    void forwardsTokenRequestAndTrace() {
        RequestContext request = RequestContext.of(new Metadata());
        Caller caller = new Caller("tester", java.util.Set.of("default"), tokens.good(), request);
        io.grpc.Context context =
                io.grpc.Context.current().withValue(RequestContext.KEY, request).withValue(Caller.KEY, caller);
        Channel forwarding = ClientInterceptors.intercept(channel, new CallerForwarding());

        context.run(() -> {
            Job answer = TransferServiceGrpc.newBlockingStub(forwarding).submitGraft(wish("nothing"));
            assertThat(answer.getTraceId()).isEqualTo(request.trace().traceId());
            assertThat(answer.getLabelsOrThrow("mdc")).isEqualTo(request.requestId());
        });
        assertThat(caller.toString()).doesNotContain(caller.token());
    }

    @Test
    void getsAndLists() {
        Job older = create(Map.of("suite", "list"));
        Job newer = create(Map.of("suite", "list"));

        assertThat(api().getJob(get(older.getName()))).isEqualTo(older);
        ListJobsRequest.Builder request = ListJobsRequest.newBuilder()
                .setParent("tenants/default")
                .setFilter("labels.suite = list AND state = QUEUED")
                .setPageSize(1);
        ListJobsResponse first = api().listJobs(request.build());
        ListJobsResponse second =
                api().listJobs(request.setPageToken(first.getNextPageToken()).build());
        assertThat(first.getJobsList()).containsExactly(newer);
        assertThat(second.getJobsList()).containsExactly(older);
        assertThat(second.getNextPageToken()).isEmpty();
        assertFailure(
                Status.Code.INVALID_ARGUMENT,
                "INVALID_FILTER",
                () -> api().listJobs(request.setFilter("owner = me").build()));
    }

    @Test
    void cancelsAsAskedAndOnlyThen() {
        Job job = create(Map.of());
        CancelJobRequest.Builder request = CancelJobRequest.newBuilder().setName(job.getName());

        assertFailure(
                Status.Code.ABORTED,
                "ETAG_MISMATCH",
                () -> api().cancelJob(request.setEtag("old").build()));
        assertThat(api().cancelJob(request.setEtag(job.getEtag())
                        .setValidateOnly(true)
                        .build()))
                .isEqualTo(job);
        assertThat(api().getJob(get(job.getName()))).isEqualTo(job);

        Job cancelled = api().cancelJob(request.setValidateOnly(false).build());
        assertThat(cancelled.getState()).isEqualTo(JobState.JOB_STATE_CANCELLED);
        assertThat(api().cancelJob(request.build())).isEqualTo(cancelled);
    }

    @Test
    void refusesToCancelWhatIsTooLate() {
        Job job = launched();
        jobs.store()
                .change(
                        job.getName(),
                        (record, now) -> machine()
                                .committed(
                                        record,
                                        1,
                                        7,
                                        io.graft.v1.AttemptCommitted.newBuilder()
                                                .setManifest(job.getName() + "/attempts/1/outputs/manifest.json")
                                                .build()));

        for (boolean validateOnly : List.of(true, false)) {
            assertFailure(
                    Status.Code.FAILED_PRECONDITION,
                    "TOO_LATE_TO_CANCEL",
                    () -> api().cancelJob(CancelJobRequest.newBuilder()
                            .setName(job.getName())
                            .setValidateOnly(validateOnly)
                            .build()));
        }
    }

    @Test
    void watchesFromTheBeginningToTheEnd() {
        Job job = launched();
        Iterator<JobEvent> events = api().watchJob(watch(job, 0));

        assertThat(events.next().getSequence()).isEqualTo(1);
        assertThat(events.next().getState()).isEqualTo(JobState.JOB_STATE_LAUNCHING);
        progress(job, 1);
        assertThat(events.next().getProgress().getStep()).isEqualTo(1);
        jobs.store().change(job.getName(), machine()::cancelled);
        assertThat(events.next().getState()).isEqualTo(JobState.JOB_STATE_CANCELLED);
        assertThat(events.hasNext()).isFalse();

        Iterator<JobEvent> resumed = api().watchJob(watch(job, 2));
        assertThat(resumed.next().getSequence()).isEqualTo(3);
        assertThat(resumed.next().getSequence()).isEqualTo(4);
        assertThat(resumed.hasNext()).isFalse();
        assertThat(api().watchJob(watch(job, 4)).hasNext()).isFalse();
        assertFailure(
                Status.Code.INVALID_ARGUMENT,
                "INVALID_REQUEST",
                () -> api().watchJob(watch(job, -1)).hasNext());
        assertFailure(
                Status.Code.NOT_FOUND,
                "NOT_FOUND",
                () -> api().watchJob(WatchJobRequest.newBuilder()
                                .setName("tenants/default/jobs/none")
                                .build())
                        .hasNext());
    }

    @Test
    void sendsASlowClientNoMoreThanItTakes() {
        Job job = launched();
        SlowClient client = new SlowClient();
        JobServiceGrpc.newStub(authorized(tokens.good())).watchJob(watch(job, 0), client);
        int events = 2000;
        for (int i = 1; i <= events; i++) {
            progress(job, i);
        }
        jobs.store().change(job.getName(), machine()::cancelled);
        assertThat(client.taken).isEmpty();

        client.request(5);
        await().atMost(BOUND).until(() -> client.taken.size() == 5);
        client.request(Integer.MAX_VALUE);

        await().atMost(Duration.ofSeconds(30)).until(() -> client.completed);
        assertThat(client.taken)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, events + 3).boxed().toList());
    }

    @Test
    void leavesHealthAndReflectionOpen() throws Exception {
        HealthCheckResponse health = HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.newBuilder()
                        .setService("graft.v1.JobService")
                        .build());
        assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
        assertThat(services()).contains("graft.v1.JobService", "grpc.health.v1.Health");
    }

    @Test
    void isReadyAndAliveWithoutABrokerAndShowsItsFigures() throws Exception {
        launched();

        assertThat(fetch("health/ready")).contains("\"UP\"").contains("graft-database");
        assertThat(fetch("health/live")).contains("\"UP\"").contains("graft-background");
        await().atMost(BOUND).untilAsserted(() -> {
            String metrics = fetch("metrics");
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

    private Job create(Map<String, String> labels) {
        JobRecord record = Jobs.queued("default", "", labels);
        return jobs.store().create(record, "hash");
    }

    private Job launched() {
        Job job = create(Map.of());
        return jobs.store()
                .change(job.getName(), (record, now) -> machine().launch(record, 7, now))
                .job();
    }

    private void progress(Job job, long step) {
        JobProgress progress = JobProgress.newBuilder()
                .setStep(step)
                .setStage("graft".repeat(40))
                .build();
        jobs.store().change(job.getName(), (record, now) -> machine().progressed(record, 1, 7, progress, now));
    }

    private static JobMachine machine() {
        return new JobMachine(RetryPolicy.DEFAULT);
    }

    private JobServiceGrpc.JobServiceBlockingStub api() {
        return JobServiceGrpc.newBlockingStub(authorized(tokens.good()));
    }

    private TransferServiceGrpc.TransferServiceBlockingStub failures(String token) {
        return TransferServiceGrpc.newBlockingStub(authorized(token));
    }

    private Runnable wishing(String wish, boolean onWorkerThread) {
        return () -> {
            if (onWorkerThread) {
                failures(tokens.good()).submitGraft(wish(wish));
            } else {
                failures(tokens.good())
                        .submitDiff(SubmitDiffRequest.newBuilder()
                                .setRequestId(wish)
                                .build());
            }
        };
    }

    private Channel authorized(String token) {
        Metadata headers = new Metadata();
        headers.put(Tokens.AUTHORIZATION, "Bearer " + token);
        ClientInterceptor attach = MetadataUtils.newAttachHeadersInterceptor(headers);
        return ClientInterceptors.intercept(channel, attach);
    }

    private static SubmitGraftRequest wish(String wish) {
        return SubmitGraftRequest.newBuilder().setRequestId(wish).build();
    }

    private static GetJobRequest get(String name) {
        return GetJobRequest.newBuilder().setName(name).build();
    }

    private static WatchJobRequest watch(Job job, long fromSequence) {
        return WatchJobRequest.newBuilder()
                .setName(job.getName())
                .setFromSequence(fromSequence)
                .build();
    }

    private List<Any> assertFailure(Status.Code code, String reason, Runnable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(failure).as(reason).isNotNull();
        assertThat(failure.getStatus().getCode()).as(failure.toString()).isEqualTo(code);
        List<Any> details = details(failure);
        try {
            ErrorInfo info = detail(details, ErrorInfo.class);
            assertThat(info.getReason()).isEqualTo(reason);
            assertThat(info.getDomain()).isEqualTo("graft");
            assertThat(info.getMetadataMap()).containsKey("request_id");
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
        return details;
    }

    private static List<Any> details(StatusRuntimeException failure) {
        return StatusProto.fromThrowable(failure).getDetailsList();
    }

    private static <T extends Message> T detail(List<Any> details, Class<T> type)
            throws InvalidProtocolBufferException {
        for (Any detail : details) {
            if (detail.is(type)) {
                return detail.unpack(type);
            }
        }
        throw new AssertionError("No " + type.getSimpleName() + " in " + details);
    }

    private String fetch(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(management.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private List<String> services() throws Exception {
        var request = io.grpc.reflection.v1.ServerReflectionRequest.newBuilder()
                .setListServices("*")
                .build();
        List<String> names = new CopyOnWriteArrayList<>();
        AtomicReference<Boolean> over = new AtomicReference<>(false);
        var call = channel.newCall(
                io.grpc.reflection.v1.ServerReflectionGrpc.getServerReflectionInfoMethod(), CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(io.grpc.reflection.v1.ServerReflectionResponse response) {
                        response.getListServicesResponse()
                                .getServiceList()
                                .forEach(service -> names.add(service.getName()));
                        over.set(true);
                    }
                },
                new Metadata());
        call.sendMessage(request);
        call.halfClose();
        call.request(1);
        await().atMost(BOUND).until(over::get);
        return new ArrayList<>(names);
    }

    /** Takes nothing before it is asked to. */
    private static final class SlowClient implements ClientResponseObserver<WatchJobRequest, JobEvent> {
        final List<Long> taken = new CopyOnWriteArrayList<>();
        volatile boolean completed;
        private ClientCallStreamObserver<WatchJobRequest> call;

        void request(int count) {
            call.request(count);
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchJobRequest> observer) {
            call = observer;
            observer.disableAutoRequestWithInitial(0);
        }

        @Override
        public void onNext(JobEvent event) {
            taken.add(event.getSequence());
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onCompleted() {
            completed = true;
        }
    }
}
