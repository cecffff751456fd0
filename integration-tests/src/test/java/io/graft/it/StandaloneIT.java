package io.graft.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One machine, one command: everything embedded, over one directory. */
final class StandaloneIT {
    private static final Path DIST =
            Path.of(System.getProperty("graft.dist", "..")).toAbsolutePath().normalize();

    @TempDir
    private Path home = Path.of("unset");

    private final int portBase = FreePort.findSix();
    private Process process = launchNothing();

    @AfterEach
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void whatWasStoredSurvivesAKillAndACleanStopLeavesNoProcess() throws Exception {
        start();
        String version = rest().upload("kept", TinyModel.random(1));
        List<ProcessHandle> children = process.descendants().toList();
        assertThat(children).isNotEmpty();

        process.destroyForcibly().waitFor();
        start();
        assertThat(rest().version(version).getString("digest")).startsWith("sha256:");

        List<ProcessHandle> later = process.descendants().toList();
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        Awaitility.await("end of the parts")
                .atMost(Duration.ofSeconds(20))
                .until(() -> later.stream().noneMatch(ProcessHandle::isAlive)
                        && children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(home.resolve("run/endpoints.json")).doesNotExist();
    }

    @Test
    void aSecondStartOverTheSameHomeIsRefusedWithThePidOfTheFirst() throws Exception {
        start();
        Process second = launch(home.resolve("second.log"));
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(3);
        assertThat(Files.readString(home.resolve("second.log"))).contains(Long.toString(process.pid()));
        assertThat(process.isAlive()).isTrue();
    }

    private void start() throws IOException {
        process = launch(home.resolve("up.log"));
        Path endpoints = home.resolve("run/endpoints.json");
        Awaitility.await("ready")
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    assertThat(process.isAlive())
                            .as(Files.readString(home.resolve("up.log")))
                            .isTrue();
                    return Files.exists(endpoints)
                            && JsonPath.from(endpoints.toFile()).getLong("pid") == process.pid();
                });
    }

    private Process launch(Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        JavaCommand.path(),
                        "-Xmx512m",
                        "-jar",
                        DIST.resolve("services/standalone/app/target/quarkus-app/quarkus-run.jar")
                                .toString(),
                        "--port-base",
                        Integer.toString(portBase))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("GRAFT_DIST", DIST.toString());
        builder.environment().put("GRAFT_HOME", home.toString());
        return builder.start();
    }

    private RestClient rest() throws IOException {
        String token = Files.readString(home.resolve("config/token")).strip();
        return new RestClient(URI.create("http://127.0.0.1:" + portBase), token);
    }

    private static Process launchNothing() {
        try {
            return new ProcessBuilder("true").start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
