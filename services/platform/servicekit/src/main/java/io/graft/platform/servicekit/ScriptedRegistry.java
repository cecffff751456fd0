package io.graft.platform.servicekit;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import io.graft.platform.error.GraftException;
import io.graft.platform.submission.VersionCatalog;
import io.graft.v1.DatasetVersion;
import io.graft.v1.GetDatasetVersionRequest;
import io.graft.v1.GetModelVersionRequest;
import io.graft.v1.ListTensorsRequest;
import io.graft.v1.ListTensorsResponse;
import io.graft.v1.ModelVersion;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.TensorSpec;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** A gRPC server that answers as a registry with known versions would, one tensor a page, after failures that a test orders. */
public final class ScriptedRegistry extends RegistryServiceGrpc.RegistryServiceImplBase implements AutoCloseable {
    private final VersionCatalog versions;
    private final Queue<Status> failures = new ConcurrentLinkedQueue<>();
    private final Queue<Metadata> headers = new ConcurrentLinkedQueue<>();
    private final Server server;

    public ScriptedRegistry(VersionCatalog versions) {
        this.versions = versions;
        try {
            server = ServerBuilder.forPort(0)
                    .addService(this)
                    .intercept(new HeaderCapture(headers))
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String endpoint() {
        return "127.0.0.1:" + server.getPort();
    }

    /** Fails the next call so. */
    public void failWith(Status status) {
        failures.add(status);
    }

    /** Headers of the calls so far. */
    public List<Metadata> headers() {
        return List.copyOf(headers);
    }

    @Override
    public void getModelVersion(GetModelVersionRequest request, StreamObserver<ModelVersion> observer) {
        answer(observer, () -> versions.resolve(request.getName()));
    }

    @Override
    public void getDatasetVersion(GetDatasetVersionRequest request, StreamObserver<DatasetVersion> observer) {
        answer(observer, () -> versions.dataset(request.getName()));
    }

    @Override
    public void listTensors(ListTensorsRequest request, StreamObserver<ListTensorsResponse> observer) {
        answer(observer, () -> {
            List<TensorSpec> all = versions.tensors(request.getParent());
            int at = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
            return ListTensorsResponse.newBuilder()
                    .addTensors(all.get(at))
                    .setNextPageToken(at + 1 < all.size() ? Integer.toString(at + 1) : "")
                    .build();
        });
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private <T extends Message> void answer(StreamObserver<T> observer, Supplier<T> answer) {
        Status failure = failures.poll();
        if (failure != null) {
            observer.onError(failure.asRuntimeException());
            return;
        }
        try {
            observer.onNext(answer.get());
            observer.onCompleted();
        } catch (GraftException e) {
            observer.onError(StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                    .setCode(Status.Code.valueOf(e.code().category().name()).value())
                    .setMessage(e.getMessage())
                    .addDetails(Any.pack(ErrorInfo.newBuilder()
                            .setReason(e.code().name())
                            .putMetadata("version", "it")
                            .putMetadata("request_id", "theirs")
                            .build()))
                    .build()));
        }
    }

    private record HeaderCapture(Queue<Metadata> headers) implements ServerInterceptor {
        @Override
        public <Q, S> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, S> call, Metadata metadata, ServerCallHandler<Q, S> next) {
            headers.add(metadata);
            return next.startCall(call, metadata);
        }
    }
}
