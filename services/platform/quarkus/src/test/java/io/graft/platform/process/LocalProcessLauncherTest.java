package io.graft.platform.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.graft.platform.jobs.MemoryArtifacts;
import io.graft.platform.launch.ExitCode;
import io.graft.platform.launch.WorkerEnvironment;
import io.graft.platform.launch.WorkerStatus;
import io.graft.v1.Assignment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that starts a JVM is a script here, so that each test says what its worker does. */
class LocalProcessLauncherTest {
    private static final String JOB = "tenants/default/jobs/graft-1";
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Assignment ASSIGNMENT = Assignment.newBuilder()
            .setJob(JOB)
            .setAttempt(2)
            .setFencingToken(41)
            .setTraceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .build();

    @TempDir
    Path folder;

    private final MemoryArtifacts artifacts = new MemoryArtifacts();
    private final AtomicLong kernelKills = new AtomicLong(3);
    private LocalProcessLauncher launcher;
    private Path home;

    @BeforeEach
    void prepare() {
        launcher = another();
        home = folder.resolve("work").resolve(JOB).resolve("2");
    }

    @AfterEach
    void stop() {
        launcher.stop(JOB, 2, Duration.ZERO);
        launcher.clean(JOB, 2);
    }

    @Test
    void startsAWorkerWithArgumentsAndEnvironmentOfItsOwn() throws Exception {
        worker("printf '%s\\n' \"$@\" > arguments; env > environment; echo said");

        launcher.launch(ASSIGNMENT);

        awaitExit(ExitCode.DONE);
        assertThat(Files.readAllLines(home.resolve("work/arguments")))
                .containsExactly(
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Da=b c;d",
                        "-Dgraft.worker=" + JOB + "/2",
                        "-cp",
                        folder.resolve("lib") + "/*",
                        "io.graft.worker.WorkerMain");
        List<String> environment = Files.readAllLines(home.resolve("work/environment"));
        assertThat(environment)
                .contains(
                        WorkerEnvironment.JOB + "=" + JOB,
                        WorkerEnvironment.ATTEMPT + "=2",
                        WorkerEnvironment.FENCING_TOKEN + "=41",
                        WorkerEnvironment.WORK_DIRECTORY + "=" + home.resolve("work"),
                        WorkerEnvironment.TRACEPARENT + "=" + ASSIGNMENT.getTraceparent(),
                        WorkerEnvironment.FAILPOINT + "=AFTER_OBJECT");
        assertThat(environment).noneMatch(line -> line.startsWith("GRAFT_TEST_SECRET"));
        assertThat(home.resolve("worker.log")).hasContent("said");
    }

    @Test
    void givesAKindOfJobsItsOwnHeapAndArguments() throws Exception {
        worker("printf '%s\\n' \"$@\" > arguments");

        launcher.launch(ASSIGNMENT.toBuilder().setKind("train").build());

        awaitExit(ExitCode.DONE);
        assertThat(Files.readAllLines(home.resolve("work/arguments")))
                .startsWith("-Xmx96m", "-XX:+ExitOnOutOfMemoryError", "-Da=b c;d", "-Dnative=true");
    }

    @Test
    void tellsTheExitCodeAlsoAfterARestart() throws Exception {
        worker("exit 42");

        launcher.launch(ASSIGNMENT);

        awaitExit(ExitCode.USER_FAULT);
        await().atMost(BOUND).until(() -> Files.exists(home.resolve("worker.exit")));
        assertThat(another().status(JOB, 2)).isEqualTo(new WorkerStatus.Exited(ExitCode.USER_FAULT, false));
    }

    @Test
    void startsNoSecondWorkerForAnAttempt() throws Exception {
        worker("echo run >> runs; sleep 60");

        launcher.launch(ASSIGNMENT);
        launcher.launch(ASSIGNMENT);
        await().atMost(BOUND).until(() -> Files.exists(home.resolve("work/runs")));
        LocalProcessLauncher next = another();
        next.launch(ASSIGNMENT);

        assertThat(next.status(JOB, 2)).isInstanceOf(WorkerStatus.Running.class);
        assertThat(Files.readAllLines(home.resolve("work/runs"))).hasSize(1);
    }

    @Test
    void startsNoSecondWorkerForAnAttemptThatEnded() throws Exception {
        worker("echo run >> runs; exit 1");
        launcher.launch(ASSIGNMENT);
        awaitExit(ExitCode.FAILED);

        launcher.launch(ASSIGNMENT);

        assertThat(Files.readAllLines(home.resolve("work/runs"))).hasSize(1);
    }

    @Test
    void adoptsAndStopsAWorkerAfterARestart() throws Exception {
        worker("sleep 60 & wait");
        launcher.launch(ASSIGNMENT);

        LocalProcessLauncher next = another();
        assertThat(next.status(JOB, 2)).isInstanceOf(WorkerStatus.Running.class);
        next.stop(JOB, 2, Duration.ofSeconds(5));

        assertThat(next.status(JOB, 2)).isNotInstanceOf(WorkerStatus.Running.class);
        assertThat(launcher.status(JOB, 2)).isEqualTo(new WorkerStatus.Exited(ExitCode.TERMINATED, false));
    }

    @Test
    void findsAWorkerByItsMarkWhenNoNoteOfItWasTaken() throws Exception {
        worker("sleep 60; true");
        launcher.launch(ASSIGNMENT);
        Files.delete(home.resolve("worker.pid"));

        LocalProcessLauncher next = another();

        assertThat(next.status(JOB, 2)).isInstanceOf(WorkerStatus.Running.class);
        assertThat(home.resolve("worker.pid")).exists();
        assertThat(next.status(JOB, 3)).isInstanceOf(WorkerStatus.Absent.class);
    }

    @Test
    void admitsThatNobodySawHowAWorkerEnded() throws Exception {
        worker("exit 0");
        launcher.launch(ASSIGNMENT);
        await().atMost(BOUND).until(() -> Files.exists(home.resolve("worker.exit")));
        Files.delete(home.resolve("worker.exit"));

        assertThat(another().status(JOB, 2)).isEqualTo(new WorkerStatus.Exited(ExitCode.UNKNOWN, false));
    }

    @Test
    void mistakesNoOtherProcessOfTheSameNumberForAWorker() throws Exception {
        Files.createDirectories(home);
        Files.writeString(
                home.resolve("worker.pid"),
                ProcessHandle.current().pid() + " " + Instant.now().minusSeconds(3600));

        assertThat(launcher.status(JOB, 2)).isEqualTo(new WorkerStatus.Exited(ExitCode.UNKNOWN, false));
        launcher.stop(JOB, 2, Duration.ZERO);
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void killsAWorkerThatDoesNotLeave() throws Exception {
        worker("trap '' TERM; touch deaf; while true; do sleep 1; done");
        launcher.launch(ASSIGNMENT);
        await().atMost(BOUND).until(() -> Files.exists(home.resolve("work/deaf")));

        launcher.stop(JOB, 2, Duration.ofMillis(200));

        assertThat(launcher.status(JOB, 2)).isEqualTo(new WorkerStatus.Exited(ExitCode.KILLED, false));
    }

    @Test
    void tellsWantOfMemoryFromOtherKills() throws Exception {
        worker("kill -9 $$");
        launcher.launch(ASSIGNMENT);
        awaitExit(ExitCode.KILLED);
        assertThat(launcher.status(JOB, 2)).isEqualTo(new WorkerStatus.Exited(ExitCode.KILLED, false));

        kernelKills.incrementAndGet();
        assertThat(launcher.status(JOB, 2)).isEqualTo(new WorkerStatus.Exited(ExitCode.KILLED, true));
    }

    @Test
    void knowsTheCodeOfAJvmWithoutMemory() throws Exception {
        worker("exit 3");
        launcher.launch(ASSIGNMENT);

        await().atMost(BOUND)
                .until(() -> launcher.status(JOB, 2).equals(new WorkerStatus.Exited(new ExitCode(3), true)));
    }

    @Test
    void keepsTheLogAndDeletesTheRest() throws Exception {
        worker("echo one; echo two >&2; mkdir -p deep/er; echo x > deep/er/file");
        launcher.launch(ASSIGNMENT);
        awaitExit(ExitCode.DONE);

        launcher.clean(JOB, 2);
        launcher.clean(JOB, 2);

        assertThat(launcher.status(JOB, 2)).isInstanceOf(WorkerStatus.Absent.class);
        assertThat(home.getParent()).doesNotExist();
        assertThat(new String(artifacts.open(JOB + "/attempts/2/worker.log").readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("one\ntwo\n");
    }

    @Test
    void refusesToCleanUpAroundAWorker() throws Exception {
        worker("sleep 60; true");
        launcher.launch(ASSIGNMENT);

        assertThatThrownBy(() -> launcher.clean(JOB, 2)).hasMessageContaining("stop it first");
    }

    @Test
    void namesTheSettingWhenNoWorkerCanBeStarted() {
        assertThatThrownBy(() -> launcher.launch(ASSIGNMENT)).hasMessageContaining("graft.worker.command");
        assertThat(launcher.status(JOB, 2)).isInstanceOf(WorkerStatus.Absent.class);
    }

    private LocalProcessLauncher another() {
        WorkerSettings settings = new WorkerSettings(
                folder.resolve("work"),
                folder.resolve("java"),
                folder.resolve("lib"),
                "io.graft.worker.WorkerMain",
                "64m",
                Map.of("train", "96m"),
                List.of("-Da=b c;d"),
                Map.of("train", List.of("-Dnative=true")),
                Map.of(WorkerEnvironment.FAILPOINT, "AFTER_OBJECT"));
        return new LocalProcessLauncher(settings, artifacts, kernelKills::get);
    }

    private void worker(String script) throws IOException {
        Path program = folder.resolve("java");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private void awaitExit(ExitCode code) {
        await().atMost(BOUND)
                .until(() -> launcher.status(JOB, 2) instanceof WorkerStatus.Exited exited
                        && exited.code().equals(code));
    }
}
