package io.graft.gateway.peer;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the peer's services while Quarkus tests run and points the gateway at them. */
public final class PeerServer implements QuarkusTestResourceLifecycleManager {
    private @Nullable Server server;

    @Override
    public Map<String, String> start() {
        PeerRegistry registry = new PeerRegistry();
        try {
            server = NettyServerBuilder.forPort(0)
                    .addService(new PeerJobs(registry))
                    .addService(registry)
                    .addService(new PeerTransfer())
                    .intercept(new PeerHeaders())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("graft.gateway.grpc", "localhost:" + server.getPort());
    }

    @Override
    public void stop() {
        if (server != null) {
            server.shutdownNow();
        }
    }
}
