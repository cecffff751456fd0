package io.graft.cli.peer;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A gRPC server on the loopback interface that answers what a test tells it to. Calls nobody prepared for are UNIMPLEMENTED. */
public final class Services implements AutoCloseable {
    private final Map<String, ServerMethodDefinition<?, ?>> methods = new ConcurrentHashMap<>();
    private final List<Message> requests = new CopyOnWriteArrayList<>();
    private final List<Metadata> headers = new CopyOnWriteArrayList<>();
    private final Server server;
    private final String endpoint;

    public Services() {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0))
                .fallbackHandlerRegistry(new Registry())
                .intercept(new Recorder())
                .build();
        try {
            server.start();
            endpoint = "localhost:" + server.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String endpoint() {
        return endpoint;
    }

    /** Answers a unary method; the function may throw what {@link #refusal} makes. */
    public <Q extends Message, A> void on(MethodDescriptor<Q, A> method, Function<Q, A> answer) {
        handle(method, ServerCalls.asyncUnaryCall((request, observer) -> {
            requests.add(request);
            try {
                observer.onNext(answer.apply(request));
                observer.onCompleted();
            } catch (StatusRuntimeException refusal) {
                observer.onError(refusal);
            }
        }));
    }

    /** Answers a server-streaming method with a list; a null entry breaks the stream with UNAVAILABLE. */
    public <Q extends Message, A> void onStream(MethodDescriptor<Q, A> method, Function<Q, List<@Nullable A>> answer) {
        handle(method, ServerCalls.asyncServerStreamingCall((request, observer) -> {
            requests.add(request);
            try {
                for (A item : answer.apply(request)) {
                    if (item == null) {
                        throw refusal(Code.UNAVAILABLE, "CONNECTION_LOST", "gone")
                                .asRuntime();
                    }
                    observer.onNext(item);
                }
                observer.onCompleted();
            } catch (StatusRuntimeException refusal) {
                observer.onError(refusal);
            }
        }));
    }

    /** Requests received, in order. */
    public <Q extends Message> List<Q> requests(Class<Q> type) {
        return requests.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** A header of the last call; null when it had none. */
    public @Nullable String header(String name) {
        return headers.getLast().get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    /** An error as the services send it. */
    public static Refusal refusal(Code code, String reason, String message) {
        return new Refusal(com.google.rpc.Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain("graft")
                        .putMetadata("request_id", "request-of-the-service")
                        .build()))
                .build());
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private <Q, A> void handle(MethodDescriptor<Q, A> method, ServerCallHandler<Q, A> handler) {
        methods.put(method.getFullMethodName(), ServerMethodDefinition.create(method, handler));
    }

    /** An error that more details can be added to. */
    public record Refusal(com.google.rpc.Status status) {
        public Refusal with(Message detail) {
            return new Refusal(status.toBuilder().addDetails(Any.pack(detail)).build());
        }

        public StatusRuntimeException asRuntime() {
            return StatusProto.toStatusRuntimeException(status);
        }
    }

    private final class Registry extends HandlerRegistry {
        @Override
        public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
            return methods.get(name);
        }
    }

    private final class Recorder implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata received, ServerCallHandler<Q, A> next) {
            headers.add(received);
            return next.startCall(call, received);
        }
    }
}
