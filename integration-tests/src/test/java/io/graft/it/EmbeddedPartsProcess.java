package io.graft.it;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Real PostgreSQL, Kafka and S3 store in a process of their own. It ends when this process does. */
final class EmbeddedPartsProcess implements AutoCloseable {
    static final String ACCESS_KEY = "integration";
    static final String SECRET_KEY = "integration-secret";
    private static final String PASSWORD = "integration-password";

    private final Process process;
    private final JsonPath ready;

    private EmbeddedPartsProcess(Process process, JsonPath ready) {
        this.process = process;
        this.ready = ready;
    }

    static EmbeddedPartsProcess start(Path dist, Path home) {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        JavaCommand.path(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        dist.resolve("services/standalone/embedded/target/lib") + "/*",
                        "io.graft.embedded.PartsMain"))
                .redirectError(home.resolve("parts.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "GRAFT_PARTS_DATA", home.resolve("data").toString(),
                        "GRAFT_PARTS_POSTGRES_PORT", "0",
                        "GRAFT_PARTS_POSTGRES_PASSWORD", PASSWORD,
                        "GRAFT_PARTS_KAFKA_PORT", "0",
                        "GRAFT_PARTS_KAFKA_CONTROLLER_PORT", "0",
                        "GRAFT_PARTS_S3_PORT", "0",
                        "GRAFT_PARTS_S3_ACCESS_KEY", ACCESS_KEY,
                        "GRAFT_PARTS_S3_SECRET_KEY", SECRET_KEY,
                        "GRAFT_PARTS_BUCKET", "graft"));
        try {
            Process process = builder.start();
            String line = process.inputReader(StandardCharsets.UTF_8).readLine();
            JsonPath ready = new JsonPath(line == null ? "{}" : line);
            if (!"ready".equals(ready.getString("status"))) {
                throw new IllegalStateException("The parts do not start: " + line);
            }
            return new EmbeddedPartsProcess(process, ready);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String s3Endpoint() {
        return ready.getString("s3");
    }

    String kafkaBootstrap() {
        return ready.getString("kafka");
    }

    /** What tells the services to use these parts and to start none. */
    Map<String, String> environmentOfServices() {
        return Map.of(
                "GRAFT_S3_ENDPOINT",
                s3Endpoint(),
                "GRAFT_S3_ACCESS_KEY",
                ACCESS_KEY,
                "GRAFT_S3_SECRET_KEY",
                SECRET_KEY,
                "GRAFT_KAFKA_BOOTSTRAP",
                kafkaBootstrap(),
                "GRAFT_POSTGRES_URL",
                ready.getString("postgres"),
                "GRAFT_POSTGRES_USERNAME",
                "postgres",
                "GRAFT_POSTGRES_PASSWORD",
                PASSWORD);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
