package io.graft.platform.grpc;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database, a key and a port for the service under test. */
public final class Installation implements QuarkusTestResourceLifecycleManager {
    private @Nullable EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        try (ServerSocket free = new ServerSocket(0)) {
            postgres =
                    EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
            Path key = Files.writeString(Files.createTempFile("graft", ".pem"), TestTokens.PUBLIC_KEY_PEM);
            String port = Integer.toString(free.getLocalPort());
            return Map.of(
                    "quarkus.datasource.test.jdbc.url",
                    postgres.getJdbcUrl("postgres", "postgres"),
                    "quarkus.datasource.test.username",
                    "postgres",
                    "mp.jwt.verify.publickey.location",
                    key.toUri().toString(),
                    "quarkus.grpc.server.test-port",
                    port,
                    "test.grpc.port",
                    port,
                    "test.private-key",
                    TestTokens.PRIVATE_KEY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
