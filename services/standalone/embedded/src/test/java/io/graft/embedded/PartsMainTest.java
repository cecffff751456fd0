package io.graft.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsMainTest {
    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void leaveNothingBehind() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        OrphanedPostmaster.stop(directory.resolve("postgres/cluster"));
    }

    @Test
    void startsAllRecoversFromAKillAndStopsWhenItsParentIsGone() throws Exception {
        JsonNode first = start(0);
        assertThat(first.path("status").asText()).isEqualTo("ready");
        String cluster = clusterId(first);
        try (Connection connection = connect(first);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE note AS SELECT 'kept' AS text");
        }
        Path postmaster = directory.resolve("postgres/cluster/postmaster.pid");
        assertThat(postmaster).exists();
        processes.getLast().destroyForcibly().waitFor();
        assertThat(postmaster).as("a kill leaves the server behind").exists();

        JsonNode second = start(0);
        assertThat(second.path("status").asText()).isEqualTo("ready");
        assertThat(clusterId(second)).isEqualTo(cluster);
        try (Connection connection = connect(second);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT text FROM note")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("kept");
        }
        assertThat(directory.resolve("objects/graft")).isDirectory();

        Process process = processes.getLast();
        process.getOutputStream().close();
        JsonNode third = start(0);
        assertThat(third.path("status").asText())
                .as("the next waits for the one that is leaving")
                .isEqualTo("ready");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it stops").isTrue();
        assertThat(process.exitValue()).isZero();
        processes.getLast().destroy();
        assertThat(processes.getLast().waitFor(30, TimeUnit.SECONDS))
                .as("it stops")
                .isTrue();
        assertThat(postmaster).doesNotExist();
    }

    @Test
    void saysWhyItDoesNotStart() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            JsonNode answer = start(other.getLocalPort());

            assertThat(answer.path("status").asText()).isEqualTo("failed");
            assertThat(answer.path("reason").asText()).isEqualTo("PORT_IN_USE");
            assertThat(answer.path("message").asText()).contains("Port " + other.getLocalPort());
            assertThat(processes.getLast().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(processes.getLast().exitValue()).isEqualTo(1);
            assertThat(directory.resolve("postgres/cluster/postmaster.pid"))
                    .as("what did start is stopped again")
                    .doesNotExist();
        }
    }

    private JsonNode start(int s3Port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PartsMain.class.getName());
        builder.environment()
                .putAll(Map.of(
                        PartsSettings.DATA, directory.toString(),
                        PartsSettings.POSTGRES_PORT, "0",
                        PartsSettings.POSTGRES_PASSWORD, "secret",
                        PartsSettings.KAFKA_PORT, "0",
                        PartsSettings.KAFKA_CONTROLLER_PORT, "0",
                        PartsSettings.S3_PORT, Integer.toString(s3Port),
                        PartsSettings.S3_ACCESS_KEY, "someone",
                        PartsSettings.S3_SECRET_KEY, "secret",
                        PartsSettings.BUCKET, "graft"));
        Path log = directory.resolve("parts.log");
        Process process = builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        processes.add(process);
        BufferedReader answers = process.inputReader();
        String line = answers.readLine();
        assertThat(line).as(() -> "an answer; log: " + read(log)).isNotNull();
        return new ObjectMapper().readTree(line);
    }

    private static Connection connect(JsonNode answer) throws SQLException {
        return DriverManager.getConnection(answer.path("postgres").asText(), EmbeddedPostgres.USERNAME, "secret");
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String clusterId(JsonNode answer) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", answer.path("kafka").asText()))) {
            return admin.describeCluster().clusterId().get(20, TimeUnit.SECONDS);
        }
    }
}
