package io.graft.platform.registry;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.remote.RemoteFailure;
import io.graft.platform.remote.RetryPolicy;
import io.graft.platform.submission.VersionCatalog;
import io.graft.v1.DatasetVersion;
import io.graft.v1.GetDatasetVersionRequest;
import io.graft.v1.GetModelVersionRequest;
import io.graft.v1.ListTensorsRequest;
import io.graft.v1.ListTensorsResponse;
import io.graft.v1.ModelVersion;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.RegistryServiceGrpc.RegistryServiceBlockingStub;
import io.graft.v1.TensorSpec;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks the registry over gRPC. Calls are tried again only when it is UNAVAILABLE, within one deadline; whatever it answers
 * reaches the caller with the same reason. Thread-safe.
 */
public final class GrpcVersionCatalog implements VersionCatalog {
    private static final RemoteFailure FAILURE = new RemoteFailure("The registry", ErrorCode.REGISTRY_UNAVAILABLE);
    private static final int TENSORS_A_PAGE = 10_000;
    private static final int MAX_MESSAGE_BYTES = 64 << 20;
    private static final int MAX_METADATA_BYTES = 1 << 20;

    private final ManagedChannel channel;
    private final RegistryServiceBlockingStub stub;
    private final Duration deadline;

    private GrpcVersionCatalog(ManagedChannel channel, Duration deadline) {
        this.channel = channel;
        this.stub = RegistryServiceGrpc.newBlockingStub(channel);
        this.deadline = deadline;
    }

    /**
     * Prepares to call; connects on the first call.
     *
     * @param endpoint {@code host:port}
     * @param deadline longest time that one call may take, tries included
     * @param forwarding adds identity and trace of the caller
     */
    public static GrpcVersionCatalog connect(String endpoint, Duration deadline, ClientInterceptor forwarding) {
        ManagedChannel channel = ManagedChannelBuilder.forTarget(endpoint)
                .usePlaintext()
                .defaultServiceConfig(RetryPolicy.serviceConfig())
                .enableRetry()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .maxInboundMetadataSize(MAX_METADATA_BYTES)
                .intercept(forwarding)
                .build();
        return new GrpcVersionCatalog(channel, deadline);
    }

    @Override
    public ModelVersion resolve(String name) {
        GetModelVersionRequest request =
                GetModelVersionRequest.newBuilder().setName(name).build();
        return answer(() -> limited().getModelVersion(request));
    }

    @Override
    public DatasetVersion dataset(String name) {
        GetDatasetVersionRequest request =
                GetDatasetVersionRequest.newBuilder().setName(name).build();
        return answer(() -> limited().getDatasetVersion(request));
    }

    @Override
    public List<TensorSpec> tensors(String version) {
        List<TensorSpec> tensors = new ArrayList<>();
        String token = "";
        do {
            ListTensorsRequest request = ListTensorsRequest.newBuilder()
                    .setParent(version)
                    .setPageSize(TENSORS_A_PAGE)
                    .setPageToken(token)
                    .build();
            ListTensorsResponse page = answer(() -> limited().listTensors(request));
            tensors.addAll(page.getTensorsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return tensors;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private RegistryServiceBlockingStub limited() {
        return stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static <T> T answer(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            throw FAILURE.of(e);
        }
    }
}
