package io.graft.platform.grpc;

import static org.awaitility.Awaitility.await;

import io.graft.platform.job.JobMachine;
import io.graft.platform.job.JobRecord;
import io.graft.platform.job.RetryPolicy;
import io.graft.platform.jobs.JobRuntime;
import io.graft.platform.postgres.Jobs;
import io.graft.v1.GetJobRequest;
import io.graft.v1.Job;
import io.graft.v1.JobProgress;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.MethodServiceGrpc;
import io.graft.v1.SubmitDiffRequest;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.TransferServiceGrpc;
import io.graft.v1.WatchJobRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import jakarta.enterprise.inject.spi.CDI;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.ConfigProvider;

/** A client of the service under test. */
final class Client implements AutoCloseable {
    private final ManagedChannel channel = ManagedChannelBuilder.forAddress(
                    "127.0.0.1", Integer.parseInt(setting("test.grpc.port")))
            .usePlaintext()
            .build();
    private final TestTokens tokens = TestTokens.of(setting("test.private-key"));

    ManagedChannel channel() {
        return channel;
    }

    TestTokens tokens() {
        return tokens;
    }

    JobRuntime jobs() {
        return CDI.current().select(JobRuntime.class).get();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    Job create(Map<String, String> labels) {
        JobRecord record = Jobs.queued("default", "", labels);
        return jobs().store().create(record, "hash");
    }

    Job launched() {
        Job job = create(Map.of());
        return jobs().store()
                .change(job.getName(), (record, now) -> machine().launch(record, 7, now))
                .job();
    }

    void progress(Job job, long step) {
        JobProgress progress = JobProgress.newBuilder()
                .setStep(step)
                .setStage("graft".repeat(40))
                .build();
        jobs().store().change(job.getName(), (record, now) -> machine().progressed(record, 1, 7, progress, now));
    }

    static JobMachine machine() {
        return new JobMachine(RetryPolicy.DEFAULT);
    }

    JobServiceGrpc.JobServiceBlockingStub api() {
        return JobServiceGrpc.newBlockingStub(authorized(tokens.good()));
    }

    MethodServiceGrpc.MethodServiceBlockingStub methods() {
        return MethodServiceGrpc.newBlockingStub(authorized(tokens.good()));
    }

    TransferServiceGrpc.TransferServiceBlockingStub failures(String token) {
        return TransferServiceGrpc.newBlockingStub(authorized(token));
    }

    ThrowingCallable wishing(String wish, boolean onWorkerThread) {
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

    Channel authorized(String token) {
        Metadata headers = new Metadata();
        headers.put(Tokens.AUTHORIZATION, "Bearer " + token);
        ClientInterceptor attach = MetadataUtils.newAttachHeadersInterceptor(headers);
        return ClientInterceptors.intercept(channel, attach);
    }

    static SubmitGraftRequest wish(String wish) {
        return SubmitGraftRequest.newBuilder().setRequestId(wish).build();
    }

    static GetJobRequest get(String name) {
        return GetJobRequest.newBuilder().setName(name).build();
    }

    static WatchJobRequest watch(Job job, long fromSequence) {
        return WatchJobRequest.newBuilder()
                .setName(job.getName())
                .setFromSequence(fromSequence)
                .build();
    }

    String fetch(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(setting("test.url") + "/q/" + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    List<String> services() throws Exception {
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
        await().atMost(Duration.ofSeconds(15)).until(over::get);
        return new ArrayList<>(names);
    }
}
