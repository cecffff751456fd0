package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.graft.v1.ArtifactFile;
import io.graft.v1.Assignment;
import io.graft.v1.AssignmentInput;
import io.graft.v1.AttemptCheckpointed;
import io.graft.v1.AttemptReported;
import io.graft.v1.Checkpoint;
import io.graft.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training that is interrupted ends where one that is not ends, bit for bit. */
@Timeout(600)
final class ResumeTest {
    private static final int STEPS = 120;
    private static final Duration BOUND = Duration.ofSeconds(90);

    private final Lab lab = Lab.get();

    @TempDir
    Path folder;

    private Assignment job = Assignment.getDefaultInstance();

    @BeforeEach
    void assign() {
        AssignmentInput data = lab.version("data", TrainingJobs.sums(folder.resolve("sums")));
        job = lab.assign(
                Lab.newJob("train"), 1, TrainingJobs.train("adamw", 1e-3, STEPS).build(), List.of(data));
    }

    @Test
    void killedItGoesOnFromItsLastCheckpoint() throws Exception {
        Assignment whole = lab.assign(
                Lab.newJob("train"), 1, TrainingJobs.train("adamw", 1e-3, STEPS).build(), job.getInputsList());
        WorkerProcess undisturbed = start(whole, "whole");
        WorkerProcess dying = start(job, "dying");
        awaitCheckpoint(dying);

        dying.process().destroyForcibly();

        assertThat(dying.await()).as(dying.output()).isEqualTo(137);
        Assignment next = lab.assignAgain(job, last());
        WorkerProcess second = start(next, "second");
        assertThat(second.await()).as(second.output()).isZero();
        assertThat(undisturbed.await()).as(undisturbed.output()).isZero();
        assertThat(second.output()).doesNotContain("Checkpoint of step 10 ");
        assertThat(weights(next)).isEqualTo(weights(whole));
    }

    @Test
    void askedToLeaveItLeavesACheckpoint() throws Exception {
        WorkerProcess leaving = start(job, "leaving");
        awaitCheckpoint(leaving);

        leaving.process().destroy();

        assertThat(leaving.await()).as(leaving.output()).isEqualTo(143);
        await().atMost(BOUND).until(() -> lab.reports(job).stream().anyMatch(AttemptReported::hasFailed));
        assertThat(lab.last(job).getFailed().getReason()).isEqualTo(FailureReason.FAILURE_REASON_PREEMPTED);
        assertThat(lab.outputs(job)).isEmpty();
        Assignment next = lab.assignAgain(job, last());
        WorkerProcess second = start(next, "second");
        assertThat(second.await()).as(second.output()).isZero();
    }

    private WorkerProcess start(Assignment assignment, String name) throws IOException {
        Path directory = Files.createDirectories(folder.resolve(name));
        return WorkerProcess.start(lab.environment(assignment, directory.resolve("work")), directory);
    }

    private void awaitCheckpoint(WorkerProcess worker) {
        await().atMost(BOUND)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> lab.reports(job).stream().anyMatch(AttemptReported::hasCheckpoint)
                        || !worker.process().isAlive());
    }

    private Checkpoint last() {
        AttemptCheckpointed checkpoint = lab.reports(job).stream()
                .filter(AttemptReported::hasCheckpoint)
                .toList()
                .getLast()
                .getCheckpoint();
        return Checkpoint.newBuilder()
                .setManifest(checkpoint.getManifest())
                .setDigest(checkpoint.getDigest())
                .setStep(checkpoint.getStep())
                .build();
    }

    private String weights(Assignment assignment) {
        return lab.manifest(assignment).getFilesList().stream()
                .filter(file -> file.getPath().equals("model.safetensors"))
                .map(ArtifactFile::getSha256)
                .findFirst()
                .orElseThrow();
    }
}
