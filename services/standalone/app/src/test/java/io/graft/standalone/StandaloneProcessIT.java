package io.graft.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts, kills and stops the built process as a user does. */
class StandaloneProcessIT {
    private static final Path DISTRIBUTION =
            Path.of("../../..").toAbsolutePath().normalize();
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void leaveNothingBehind() throws InterruptedException {
        for (Process process : processes) {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void recoversFromAKillAndStopsInTime() throws Exception {
        int base = FreePorts.find().base();
        JsonNode first = up(base);
        assertThat(status(first.path("http").asText() + "/q/health/ready")).isEqualTo(200);
        processes.getLast().destroyForcibly().waitFor();

        JsonNode second = up(base);
        assertThat(second.path("pid").asLong()).isEqualTo(processes.getLast().pid());
        assertThat(status(second.path("http").asText() + "/q/health/ready")).isEqualTo(200);

        Process process = processes.getLast();
        process.destroy();
        assertThat(process.waitFor(15, TimeUnit.SECONDS))
                .as("gone within 15 seconds")
                .isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(folder.resolve("run/endpoints.json")).doesNotExist();
        assertThat(folder.resolve("run/pid")).doesNotExist();
        assertThat(folder.resolve("data/postgres/cluster/postmaster.pid")).doesNotExist();
    }

    @Test
    void refusesASecondEndsWithItsPartsAndRecovers() throws Exception {
        int base = FreePorts.find().base();
        up(base);
        Process first = processes.getLast();
        Process second = launch(base + 10);
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(ExitStatus.ALREADY_RUNNING.code());
        assertThat(new String(second.getErrorStream().readAllBytes(), UTF_8)).contains("process " + first.pid());

        first.children().forEach(ProcessHandle::destroyForcibly);
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isEqualTo(ExitStatus.FAILED.code());
        assertThat(new String(first.getErrorStream().readAllBytes(), UTF_8)).contains("parts.log");
        up(base);
    }

    private JsonNode up(int base) throws IOException {
        Process process = launch(base);
        Path endpoints = folder.resolve("run/endpoints.json");
        await().atMost(START_LIMIT)
                .until(() -> !process.isAlive()
                        || (Files.exists(endpoints)
                                && Files.readString(endpoints).contains(Long.toString(process.pid()))));
        assertThat(process.isAlive()).as("it runs").isTrue();
        return new ObjectMapper().readTree(endpoints.toFile());
    }

    private Process launch(int base) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-jar",
                DISTRIBUTION
                        .resolve("services/standalone/app/target/quarkus-app/quarkus-run.jar")
                        .toString(),
                "--background",
                "--port-base",
                Integer.toString(base));
        builder.environment().put("GRAFT_HOME", folder.toString());
        builder.environment().put("GRAFT_DIST", DISTRIBUTION.toString());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static int status(String url) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
