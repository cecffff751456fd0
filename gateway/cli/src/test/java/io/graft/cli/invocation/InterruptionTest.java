package io.graft.cli.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.graft.cli.GraftCli;
import io.graft.cli.peer.Services;
import io.graft.v1.JobEvent;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.JobState;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in a process of its own, since only a process can be interrupted. */
class InterruptionTest {
    @TempDir
    Path home = Path.of("");

    private final Services services = new Services();

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void ctrlCDuringAWatchSaysHowToGoOn() throws IOException, InterruptedException {
        CountDownLatch watched = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        services.onStream(JobServiceGrpc.getWatchJobMethod(), request -> {
            watched.countDown();
            awaitQuietly(ended);
            return List.of(JobEvent.newBuilder()
                    .setSequence(1)
                    .setState(JobState.JOB_STATE_RUNNING)
                    .build());
        });
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/token"), "a-token");

        Process process = watch();
        assertThat(watched.await(20, TimeUnit.SECONDS)).isTrue();
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        ended.countDown();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(Files.readString(home.resolve("err")))
                .contains("The job goes on")
                .contains("graft jobs watch graft-1")
                .contains("graft jobs cancel graft-1");
        assertThat(JsonParser.parseString(Files.readString(home.resolve("out")))
                        .getAsJsonObject()
                        .getAsJsonObject("error")
                        .get("reason")
                        .getAsString())
                .isEqualTo("INTERRUPTED");
    }

    /** A shell that runs in the background hands down an ignored SIGINT; env puts the default back. */
    private Process watch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GraftCli.class.getName(),
                        "jobs",
                        "watch",
                        "graft-1",
                        "--output",
                        "json")
                .redirectOutput(Redirect.to(home.resolve("out").toFile()))
                .redirectError(Redirect.to(home.resolve("err").toFile()));
        builder.environment().put("GRAFT_HOME", home.toString());
        builder.environment().put("GRAFT_ENDPOINT", services.endpoint());
        return builder.start();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
