package io.graft.gateway.upstream;

import com.google.protobuf.Message;
import io.graft.gateway.route.Rpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The services' channel, with the published retry policy. Thread-safe. */
@Singleton
public final class Upstream {
    private static final int MAX_ANSWER_BYTES = 64 << 20;

    private final ManagedChannel channel;
    private final Duration deadline;

    @Inject
    Upstream(GatewayConfig config) {
        this.deadline = config.deadline();
        this.channel = NettyChannelBuilder.forTarget(config.grpc())
                .usePlaintext()
                .defaultServiceConfig(RetryPolicy.published())
                .enableRetry()
                .maxInboundMessageSize(MAX_ANSWER_BYTES)
                .keepAliveTime(5, TimeUnit.MINUTES)
                .build();
    }

    /** A service's answer and the headers that came before it. */
    public record Answer(Message message, Metadata headers) {}

    /**
     * Calls a unary method and waits; interrupting the thread cancels the call.
     *
     * @throws StatusRuntimeException when the call fails
     */
    public Answer call(Rpc rpc, Message request, Metadata metadata) {
        AtomicReference<Metadata> headers = new AtomicReference<>(new Metadata());
        var intercepted = ClientInterceptors.intercept(
                channel,
                MetadataUtils.newAttachHeadersInterceptor(metadata),
                MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
        Message answer = ClientCalls.blockingUnaryCall(intercepted, rpc.grpc(), options, request);
        Metadata received = headers.get();
        return new Answer(answer, received == null ? new Metadata() : received);
    }

    /** A call of a streaming method, not yet started; it has no deadline. */
    public ClientCall<Message, Message> stream(Rpc rpc) {
        return channel.newCall(rpc.grpc(), CallOptions.DEFAULT);
    }

    /** Whether the services could be reached when last tried; also begins to connect. */
    boolean isReachable() {
        ConnectivityState state = channel.getState(true);
        return state != ConnectivityState.TRANSIENT_FAILURE && state != ConnectivityState.SHUTDOWN;
    }

    @PreDestroy
    void close() {
        channel.shutdownNow();
    }
}
