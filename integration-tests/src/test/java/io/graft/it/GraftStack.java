package io.graft.it;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The packaged platform as real processes: PostgreSQL, Kafka and the S3 store in one, all services in another, so that the
 * services can be killed while what they rest on stays.
 */
final class GraftStack implements AutoCloseable {
    private static final Path DIST = Path.of(System.getProperty("graft.dist", ".."));

    private final Path home;
    private final EmbeddedPartsProcess parts;
    private final int portBase = FreePort.findSix();
    private Process services;

    private GraftStack(Path home, EmbeddedPartsProcess parts) {
        this.home = home;
        this.parts = parts;
        this.services = launch(Map.of());
    }

    static GraftStack start() {
        try {
            Path home = Files.createTempDirectory("graft-it-");
            GraftStack stack = new GraftStack(home, EmbeddedPartsProcess.start(DIST, home));
            stack.awaitReady();
            return stack;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the services with further configuration and waits until they are ready. */
    void startServices(Map<String, String> configuration) {
        services = launch(configuration);
        awaitReady();
    }

    /** SIGKILL, without any chance to clean up. */
    void killServices() {
        services.destroyForcibly();
        try {
            services.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    RestClient rest() {
        return restWithToken(token());
    }

    RestClient restWithToken(String token) {
        return new RestClient(URI.create("http://127.0.0.1:" + portBase), token);
    }

    String token() {
        return read(home.resolve("config/token")).strip();
    }

    String grpcTarget() {
        return "127.0.0.1:" + (portBase + 1);
    }

    /** What the attempt's worker wrote to its log; waits until it is kept in the object store. */
    String workerLog(String job, int attempt) {
        StoredObjects objects = new StoredObjects(this);
        return Awaitility.await("log of " + job)
                .atMost(Duration.ofSeconds(30))
                .until(() -> objects.text(job + "/attempts/" + attempt + "/worker.log"), Optional::isPresent)
                .orElseThrow();
    }

    String s3Endpoint() {
        return parts.s3Endpoint();
    }

    String s3AccessKey() {
        return EmbeddedPartsProcess.ACCESS_KEY;
    }

    String s3SecretKey() {
        return EmbeddedPartsProcess.SECRET_KEY;
    }

    String kafkaBootstrap() {
        return parts.kafkaBootstrap();
    }

    @Override
    public void close() {
        services.destroy();
        try {
            if (!services.waitFor(30, TimeUnit.SECONDS)) {
                services.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        parts.close();
    }

    private Process launch(Map<String, String> configuration) {
        Map<String, String> settings = new TreeMap<>(configuration);
        settings.put("graft.jobs.sweep-grace", "1s");
        List<String> command = new ArrayList<>(List.of(JavaCommand.path(), "-Xmx512m"));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-jar");
        command.add(DIST.resolve("services/standalone/app/target/quarkus-app/quarkus-run.jar")
                .toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("services.log").toFile()));
        builder.environment().putAll(parts.environmentOfServices());
        builder.environment().put("GRAFT_HOME", home.toString());
        builder.environment()
                .put("GRAFT_DIST", DIST.toAbsolutePath().normalize().toString());
        builder.environment().put("GRAFT_PORT_BASE", Integer.toString(portBase));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        Path endpoints = home.resolve("run/endpoints.json");
        Awaitility.await("services ready")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    if (!services.isAlive()) {
                        throw new AssertionError("The services ended:\n" + read(home.resolve("services.log")));
                    }
                    return Files.exists(endpoints)
                            && JsonPath.from(endpoints.toFile()).getLong("pid") == services.pid();
                });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
