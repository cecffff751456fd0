package io.graft.pipelines.services;

import io.graft.pipelines.domain.JobKind;
import io.graft.platform.remote.RetryPolicy;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Channels to the services; each connects at its first call. Thread-safe. */
public final class ServiceChannels implements AutoCloseable {
    private static final String REGISTRY = "registry";
    private static final String SUFFIX = "Service";
    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    private final String endpoint;
    private final Map<String, String> endpoints;
    private final Path tokenFile;
    private final Duration deadline;
    private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

    /**
     * @param endpoint {@code host:port} of every service that has none of its own
     * @param endpoints by the service's name, for example {@code transfer}
     * @param tokenFile holds the token that calls carry
     * @param deadline longest time of a call, tries included
     */
    public ServiceChannels(String endpoint, Map<String, String> endpoints, Path tokenFile, Duration deadline) {
        this.endpoint = endpoint;
        this.endpoints = Map.copyOf(endpoints);
        this.tokenFile = tokenFile;
        this.deadline = deadline;
    }

    Path tokenFile() {
        return tokenFile;
    }

    Duration deadline() {
        return deadline;
    }

    ManagedChannel registry() {
        return channel(REGISTRY);
    }

    /** The service of a kind of job. */
    ManagedChannel of(JobKind kind) {
        String service = kind.submit().getService().getName();
        return channel(service.substring(0, service.length() - SUFFIX.length()).toLowerCase(Locale.ROOT));
    }

    private ManagedChannel channel(String service) {
        return channels.computeIfAbsent(
                endpoints.getOrDefault(service, endpoint),
                target -> ManagedChannelBuilder.forTarget(target)
                        .usePlaintext()
                        .defaultServiceConfig(RetryPolicy.serviceConfig())
                        .enableRetry()
                        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                        .build());
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
    }
}
