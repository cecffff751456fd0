package io.graft.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The child process that runs PostgreSQL, Kafka and the S3 store. Its standard input is the cord: when it ends, because of
 * {@link #close} or because this process died, the child stops cleanly.
 */
final class PartsProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final long LOG_LIMIT_BYTES = 10L << 20;

    private final Process process;
    private final Parts parts;

    private PartsProcess(Process process, Parts parts) {
        this.process = process;
        this.parts = parts;
    }

    /**
     * Starts the child and returns when all three are up.
     *
     * @throws StandaloneException with the child's own words when it doesn't come up
     */
    static PartsProcess start(GraftHome home, Path libraries, PortPlan ports, Secrets secrets) throws IOException {
        Path log = home.logs().resolve("parts.log");
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
            Files.move(log, log.resolveSibling("parts.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder builder = new ProcessBuilder(command(libraries))
                .directory(home.run().toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment()
                .putAll(Map.of(
                        "GRAFT_PARTS_DATA", home.data().toString(),
                        "GRAFT_PARTS_POSTGRES_PORT", Integer.toString(ports.postgres()),
                        "GRAFT_PARTS_POSTGRES_PASSWORD", secrets.postgresPassword(),
                        "GRAFT_PARTS_KAFKA_PORT", Integer.toString(ports.kafka()),
                        "GRAFT_PARTS_KAFKA_CONTROLLER_PORT", Integer.toString(ports.kafkaController()),
                        "GRAFT_PARTS_S3_PORT", Integer.toString(ports.s3()),
                        "GRAFT_PARTS_S3_ACCESS_KEY", secrets.s3AccessKey(),
                        "GRAFT_PARTS_S3_SECRET_KEY", secrets.s3SecretKey(),
                        "GRAFT_PARTS_BUCKET", Parts.BUCKET));
        Process process = builder.start();
        JsonNode answer = answer(process, log);
        return new PartsProcess(
                process,
                new Parts(
                        answer.path("postgres").asText(),
                        "postgres",
                        secrets.postgresPassword(),
                        answer.path("kafka").asText(),
                        answer.path("s3").asText(),
                        secrets.s3AccessKey(),
                        secrets.s3SecretKey(),
                        Parts.BUCKET,
                        Parts.REGION));
    }

    private static List<String> command(Path libraries) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                libraries.toAbsolutePath().resolve("*").toString(),
                "io.graft.embedded.PartsMain");
    }

    private static JsonNode answer(Process process, Path log) throws IOException {
        // Not closed: the child's standard output lives as long as the child.
        BufferedReader answers = process.inputReader();
        CompletableFuture<Optional<String>> line = CompletableFuture.supplyAsync(() -> firstLine(answers))
                .completeOnTimeout(Optional.empty(), START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        Optional<String> said = line.join();
        if (said.isEmpty()) {
            process.destroyForcibly();
            throw new StandaloneException(
                    ExitStatus.FAILED, "PostgreSQL, Kafka and the S3 store did not come up; " + log + " says why");
        }
        JsonNode answer = new ObjectMapper().readTree(said.get());
        if (!answer.path("status").asText().equals("ready")) {
            throw new StandaloneException(
                    ExitStatus.FAILED, answer.path("message").asText() + ". More is in " + log);
        }
        return answer;
    }

    private static Optional<String> firstLine(BufferedReader answers) {
        try {
            return Optional.ofNullable(answers.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Parts parts() {
        return parts;
    }

    /** Runs {@code action} when the child ends, for whatever reason; at once when it has ended. */
    void onExit(Runnable action) {
        Thread.ofPlatform().name("watch-parts").daemon().start(() -> {
            process.onExit().join();
            action.run();
        });
    }

    /** Asks the child to stop and returns when it is gone; after 5 seconds by force, which its data survives. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
