package io.graft.cli.connection;

import io.graft.v1.EvaluationServiceGrpc;
import io.graft.v1.EvaluationServiceGrpc.EvaluationServiceBlockingStub;
import io.graft.v1.FinetuningServiceGrpc;
import io.graft.v1.FinetuningServiceGrpc.FinetuningServiceBlockingStub;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.JobServiceGrpc.JobServiceBlockingStub;
import io.graft.v1.MethodServiceGrpc;
import io.graft.v1.MethodServiceGrpc.MethodServiceBlockingStub;
import io.graft.v1.PipelineServiceGrpc;
import io.graft.v1.PipelineServiceGrpc.PipelineServiceBlockingStub;
import io.graft.v1.PruningServiceGrpc;
import io.graft.v1.PruningServiceGrpc.PruningServiceBlockingStub;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.RegistryServiceGrpc.RegistryServiceBlockingStub;
import io.graft.v1.TrainingServiceGrpc;
import io.graft.v1.TrainingServiceGrpc.TrainingServiceBlockingStub;
import io.graft.v1.TransferServiceGrpc;
import io.graft.v1.TransferServiceGrpc.TransferServiceBlockingStub;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** A channel to the services. It connects with the first call. Thread-safe. */
public final class Connection implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 64 << 20;

    private final ManagedChannel channel;

    /**
     * @param endpoint {@code host:port}
     * @param tokenFile holds the bearer token; read when a call is made
     * @param deadline of each unary call
     * @param log gets two lines a call
     */
    public Connection(String endpoint, Path tokenFile, Duration deadline, Consumer<String> log) {
        channel = Grpc.newChannelBuilder("dns:///" + endpoint, InsecureChannelCredentials.create())
                .defaultServiceConfig(RetryPolicy.serviceConfig())
                .enableRetry()
                .maxInboundMessageSize(MAX_ANSWER_BYTES)
                .intercept(new CallHeaders(new TokenFile(tokenFile), deadline, log))
                .build();
    }

    public JobServiceBlockingStub jobs() {
        return JobServiceGrpc.newBlockingStub(channel);
    }

    public RegistryServiceBlockingStub registry() {
        return RegistryServiceGrpc.newBlockingStub(channel);
    }

    public FinetuningServiceBlockingStub finetuning() {
        return FinetuningServiceGrpc.newBlockingStub(channel);
    }

    public TrainingServiceBlockingStub training() {
        return TrainingServiceGrpc.newBlockingStub(channel);
    }

    public EvaluationServiceBlockingStub evaluation() {
        return EvaluationServiceGrpc.newBlockingStub(channel);
    }

    public PruningServiceBlockingStub pruning() {
        return PruningServiceGrpc.newBlockingStub(channel);
    }

    public PipelineServiceBlockingStub pipelines() {
        return PipelineServiceGrpc.newBlockingStub(channel);
    }

    public MethodServiceBlockingStub methods() {
        return MethodServiceGrpc.newBlockingStub(channel);
    }

    public TransferServiceBlockingStub transfer() {
        return TransferServiceGrpc.newBlockingStub(channel);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
