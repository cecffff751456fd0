package io.graft.pipelines.api;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import io.graft.v1.Alias;
import io.graft.v1.GetAliasRequest;
import io.graft.v1.GetJobRequest;
import io.graft.v1.Job;
import io.graft.v1.JobEstimate;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.JobState;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.SetAliasRequest;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.TransferServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gRPC server with as much of transfer, jobs and registry as a run of a graft and a promotion needs. */
public final class ScriptedServices implements QuarkusTestResourceLifecycleManager {
    static final Map<String, Job> JOBS = new ConcurrentHashMap<>();
    static final Map<String, Alias> ALIASES = new ConcurrentHashMap<>();
    static final List<String> TOKENS = new CopyOnWriteArrayList<>();

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Server server = ServerBuilder.forPort(0)
            .addService(new Transfer())
            .addService(new Jobs())
            .addService(new Registry())
            .intercept(new Tokens())
            .build();

    @Override
    public Map<String, String> start() {
        try {
            server.start();
            Path token = Files.writeString(Files.createTempFile("graft", "token"), "the-token\n");
            return Map.of(
                    "graft.pipelines.endpoint",
                    "127.0.0.1:" + server.getPort(),
                    "graft.pipelines.token-file",
                    token.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        server.shutdownNow();
    }

    private static <T> void answer(StreamObserver<T> observer, T answer) {
        observer.onNext(answer);
        observer.onCompleted();
    }

    private static final class Transfer extends TransferServiceGrpc.TransferServiceImplBase {
        @Override
        public void submitGraft(SubmitGraftRequest request, StreamObserver<Job> observer) {
            Job job = Job.newBuilder()
                    .setName(request.getParent() + "/jobs/graft-"
                            + request.getRequestId().hashCode())
                    .setKind("graft")
                    .setRequestId(request.getRequestId())
                    .putAllLabels(request.getLabelsMap())
                    .setState(JobState.JOB_STATE_QUEUED)
                    .setEstimate(JobEstimate.newBuilder()
                            .addArithmetic(request.getSpec().getTarget()))
                    .build();
            answer(observer, request.getValidateOnly() ? job : JOBS.computeIfAbsent(request.getRequestId(), id -> job));
        }
    }

    private static final class Jobs extends JobServiceGrpc.JobServiceImplBase {
        @Override
        public void getJob(GetJobRequest request, StreamObserver<Job> observer) {
            answer(
                    observer,
                    JOBS.values().stream()
                            .filter(job -> job.getName().equals(request.getName()))
                            .findFirst()
                            .orElseThrow());
        }
    }

    private static final class Registry extends RegistryServiceGrpc.RegistryServiceImplBase {
        @Override
        public void getAlias(GetAliasRequest request, StreamObserver<Alias> observer) {
            Alias alias = ALIASES.get(request.getName());
            if (alias == null) {
                observer.onError(StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                        .setCode(Status.Code.NOT_FOUND.value())
                        .setMessage("none")
                        .addDetails(Any.pack(
                                ErrorInfo.newBuilder().setReason("NOT_FOUND").build()))
                        .build()));
            } else {
                answer(observer, alias);
            }
        }

        @Override
        public void setAlias(SetAliasRequest request, StreamObserver<Alias> observer) {
            ALIASES.put(request.getAlias().getName(), request.getAlias());
            answer(observer, request.getAlias());
        }
    }

    private static final class Tokens implements ServerInterceptor {
        @Override
        public <Q, S> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
            TOKENS.add(String.valueOf(headers.get(AUTHORIZATION)));
            return next.startCall(call, headers);
        }
    }
}
