package io.graft.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ContentDigest;
import io.graft.platform.event.Event;
import io.graft.platform.job.JobRecord;
import io.graft.platform.job.RetryPolicy;
import io.graft.platform.launch.ExitCode;
import io.graft.platform.launch.WorkerStatus;
import io.graft.platform.postgres.Database;
import io.graft.platform.postgres.Jobs;
import io.graft.platform.postgres.Postgres;
import io.graft.platform.postgres.PostgresJobStore;
import io.graft.v1.ArtifactFile;
import io.graft.v1.Assignment;
import io.graft.v1.AttemptCheckpointed;
import io.graft.v1.AttemptReported;
import io.graft.v1.AttemptStarted;
import io.graft.v1.FailureReason;
import io.graft.v1.JobFailure;
import io.graft.v1.JobState;
import io.graft.v1.Manifest;
import io.graft.v1.ModelVersion;
import io.graft.v1.ModelVersionRegistered;
import io.graft.v1.VersionRejected;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
    private static final Duration BOUND = Duration.ofSeconds(15);
    private static final RetryPolicy RETRIES = new RetryPolicy(3, Duration.ofMillis(50), Duration.ofMillis(50));
    private static final byte[] TENSORS = "tensors".getBytes(StandardCharsets.UTF_8);

    private final Database database = new Database(Postgres.freshSchema());
    private final PostgresJobStore store = new PostgresJobStore(database, "/graft/test");
    private final MemoryArtifacts artifacts = new MemoryArtifacts();
    private final ScriptedLauncher launcher = new ScriptedLauncher();
    private final List<JobRuntime> runtimes = new ArrayList<>();
    private volatile boolean reportsFlow = true;

    @AfterEach
    void stop() {
        runtimes.forEach(JobRuntime::close);
    }

    @Test
    void launchesAQueuedJobWithItsAssignmentInPlace() throws Exception {
        JobRecord submitted = Jobs.queued();
        start(settings(2, Duration.ofMinutes(1)));
        String job = store.create(submitted, "hash").getName();

        awaitState(job, JobState.JOB_STATE_LAUNCHING);
        await().atMost(BOUND).until(() -> !launcher.launched.isEmpty());

        Assignment assignment = launcher.launched.getFirst();
        assertThat(Assignment.parseFrom(artifacts.open(job + "/attempts/1/assignment.binpb")))
                .isEqualTo(assignment);
        assertThat(assignment.getAttempt()).isEqualTo(1);
        assertThat(assignment.getFencingToken())
                .isEqualTo(record(job).fencingToken())
                .isPositive();
        assertThat(assignment.getSpec()).isEqualTo(submitted.job().getSpec());
        assertThat(assignment.getInputsList()).isEqualTo(submitted.plan().inputs());
        assertThat(assignment.getOutputPrefix()).isEqualTo(job + "/attempts/1/outputs/");
        assertThat(assignment.getHeartbeatInterval()).isEqualTo(Durations.fromMillis(50));
        assertThat(assignment.getTraceparent().substring(0, 35))
                .isEqualTo(submitted.traceparent().substring(0, 35));
    }

    @Test
    void hasNoMoreWorkersThanPlacesAndServesTheOldestFirst() {
        List<String> jobs = IntStream.range(0, 3)
                .mapToObj(i -> store.create(Jobs.queued(), "hash").getName())
                .toList();
        start(settings(1, Duration.ofMinutes(1)));

        for (int i = 0; i < jobs.size(); i++) {
            awaitState(jobs.get(i), JobState.JOB_STATE_LAUNCHING);
            assertThat(store.countByState().get(JobState.JOB_STATE_LAUNCHING)).isEqualTo(1);
            store.change(jobs.get(i), runtimes.getFirst().machine()::cancelled);
        }
        assertThat(launcher.launched).extracting(Assignment::getJob).isEqualTo(jobs);
    }

    @Test
    void takesAManifestAsTheLastWord() {
        String job = launched(settings(2, Duration.ofMinutes(1)));
        commit(job, 1);

        launcher.exit(job, 1, ExitCode.KILLED, false);

        awaitState(job, JobState.JOB_STATE_FINALIZING);
        assertThat(record(job).committedManifest()).isEqualTo(job + "/attempts/1/outputs/manifest.json");
        await().atMost(BOUND).until(() -> launcher.done.contains("clean 1"));
        assertThat(types()).containsOnlyOnce("graft.v1.VersionCommitted");
    }

    @Test
    void looksForAManifestEvenWhenNothingIsLeftOfTheWorker() {
        String job = running(settings(2, Duration.ofMinutes(1)));
        commit(job, 1);

        launcher.vanish(job, 1);

        awaitState(job, JobState.JOB_STATE_FINALIZING);
    }

    @Test
    void startsAnotherAttemptWithAHigherTokenWhenTheWorkerWasKilled() {
        String job = running(settings(2, Duration.ofMinutes(1)));
        long first = record(job).fencingToken();

        launcher.exit(job, 1, ExitCode.KILLED, false);

        await().atMost(BOUND).until(() -> record(job).job().getAttempt() == 2);
        assertThat(record(job).fencingToken()).isGreaterThan(first);
        await().atMost(BOUND).until(() -> launcher.done.contains("launch 2"));
        assertThat(launcher.done).containsExactly("launch 1", "clean 1", "launch 2");
    }

    @Test
    void takesADamagedManifestForAFailedAttempt() {
        String job = running(settings(2, Duration.ofMinutes(1)));
        artifacts.put(job + "/attempts/1/outputs/manifest.json", new byte[] {'{'});

        launcher.exit(job, 1, ExitCode.DONE, false);

        await().atMost(BOUND).until(() -> record(job).job().getAttempt() == 2);
    }

    @Test
    void failsAJobWhoseWorkerRanOutOfMemory() {
        String job = running(settings(2, Duration.ofMinutes(1)));

        launcher.exit(job, 1, ExitCode.KILLED, true);

        awaitState(job, JobState.JOB_STATE_FAILED);
        assertThat(record(job).job().getFailure().getReason()).isEqualTo(FailureReason.FAILURE_REASON_OUT_OF_MEMORY);
    }

    @Test
    void waitsForTheReasonOfAWorkerThatRefused() {
        String job = running(settings(2, Duration.ofMinutes(1)));
        JobFailure reason = JobFailure.newBuilder()
                .setReason(FailureReason.FAILURE_REASON_DATA)
                .setMessage("NaN in encoder.weight")
                .build();

        launcher.exit(job, 1, ExitCode.USER_FAULT, false);
        hear(job, report(job).setSequence(9).setFailed(reason).build());

        awaitState(job, JobState.JOB_STATE_FAILED);
        assertThat(record(job).job().getFailure()).isEqualTo(reason);
    }

    @Test
    void failsAJobWhoseWorkerRefusedWithoutAWord() {
        String job = running(settings(2, Duration.ofMinutes(1)));

        launcher.exit(job, 1, ExitCode.USER_FAULT, false);

        awaitState(job, JobState.JOB_STATE_FAILED);
        assertThat(record(job).job().getFailure().getReason()).isEqualTo(FailureReason.FAILURE_REASON_USER_ERROR);
    }

    @Test
    void givesUpASilentWorkerOnlyWhileReportsComeThrough() {
        reportsFlow = false;
        String job = running(settings(2, Duration.ofMillis(300)));
        await().during(Duration.ofMillis(900))
                .atMost(BOUND)
                .until(() -> record(job).job().getAttempt() == 1);

        reportsFlow = true;

        await().atMost(BOUND).until(() -> launcher.done.contains("launch 2"));
        assertThat(launcher.done).containsExactly("launch 1", "stop 1", "clean 1", "launch 2");
    }

    @Test
    void stopsTheWorkerOfACancelledJobAndLeavesNothingButItsLog() {
        String job = running(settings(2, Duration.ofMinutes(1)));
        artifacts.put(job + "/attempts/1/outputs/model.safetensors", TENSORS);
        artifacts.put(job + "/attempts/1/worker.log", TENSORS);
        artifacts.put("tenants/default/jobs/graft-other/attempts/1/worker.log", TENSORS);

        store.change(job, runtimes.getFirst().machine()::cancelled);

        await().atMost(BOUND).until(() -> isSwept(job));
        assertThat(launcher.done).containsExactly("launch 1", "stop 1", "clean 1");
        assertThat(launcher.status(job, 1)).isInstanceOf(WorkerStatus.Absent.class);
        assertThat(artifacts.keys())
                .containsExactlyInAnyOrder(
                        job + "/attempts/1/worker.log", "tenants/default/jobs/graft-other/attempts/1/worker.log");
        assertThat(artifacts.aborted()).containsExactly(job + "/");
    }

    @Test
    void keepsOfASuccessWhatTheWinningManifestNames() {
        String job = running(settings(2, Duration.ofMinutes(1)));
        artifacts.put(job + "/attempts/1/outputs/left-over.tmp", TENSORS);
        artifacts.put(job + "/attempts/7/outputs/model.safetensors", TENSORS);
        commit(job, 1);
        launcher.exit(job, 1, ExitCode.DONE, false);
        awaitState(job, JobState.JOB_STATE_FINALIZING);

        hear(
                job,
                ModelVersionRegistered.newBuilder()
                        .setVersion(ModelVersion.newBuilder()
                                .setName("tenants/default/models/grafted/versions/1")
                                .setJob(job))
                        .build());

        await().atMost(BOUND).until(() -> isSwept(job));
        assertThat(record(job).job().getOutputsList()).containsExactly("tenants/default/models/grafted/versions/1");
        assertThat(artifacts.keys())
                .containsExactly(
                        job + "/attempts/1/outputs/manifest.json", job + "/attempts/1/outputs/model.safetensors");
    }

    @Test
    void failsAJobWhoseOutputTheRegistryRefused() {
        String job = running(settings(2, Duration.ofMinutes(1)));
        commit(job, 1);
        launcher.exit(job, 1, ExitCode.DONE, false);
        awaitState(job, JobState.JOB_STATE_FINALIZING);

        hear(
                job,
                VersionRejected.newBuilder()
                        .setJob(job)
                        .setFailure(JobFailure.newBuilder().setMessage("refused"))
                        .build());

        await().atMost(BOUND).until(() -> isSwept(job));
        assertThat(record(job).job().getState()).isEqualTo(JobState.JOB_STATE_FAILED);
        assertThat(artifacts.keys()).isEmpty();
    }

    @Test
    void goesOnWhereADeadReplicaWasCutOffBeforeTheLaunch() {
        String job = store.create(Jobs.queued(), "hash").getName();
        store.lease("dead", Duration.ofMillis(200), 10, 10);
        store.change(job, (record, now) -> new io.graft.platform.job.JobMachine(RETRIES).launch(record, 7, now));

        start(settings(2, Duration.ofMinutes(1)));

        await().atMost(BOUND).until(() -> !launcher.launched.isEmpty());
        assertThat(launcher.launched.getFirst().getAttempt()).isEqualTo(1);
        assertThat(launcher.launched.getFirst().getFencingToken()).isEqualTo(7);
    }

    @Test
    void launchesEachJobOnceWithTwoReplicas() {
        start(settings(10, Duration.ofMinutes(1)));
        start(settings(10, Duration.ofMinutes(1)));
        List<String> jobs = IntStream.range(0, 12)
                .mapToObj(i -> store.create(Jobs.queued(), "hash").getName())
                .toList();

        await().atMost(BOUND).until(() -> launcher.launched.size() >= 12);
        assertThat(launcher.launched).extracting(Assignment::getJob).containsExactlyInAnyOrderElementsOf(jobs);
        assertThat(jobs).allSatisfy(job -> assertThat(store.history(job, 0, 10)).hasSize(2));
    }

    @Test
    void letsABrokenJobHoldUpNoOther() {
        launcher.broken = true;
        String broken = store.create(Jobs.queued(), "hash").getName();
        start(settings(2, Duration.ofMinutes(1)));
        awaitState(broken, JobState.JOB_STATE_LAUNCHING);
        launcher.broken = false;

        String other = store.create(Jobs.queued(), "hash").getName();

        await().atMost(BOUND).until(() -> launcher.launched.size() == 2);
        assertThat(launcher.launched).extracting(Assignment::getJob).containsExactlyInAnyOrder(broken, other);
    }

    @Test
    void pausesByAskingTheWorkerToLeaveAndGoesOnFromTheCheckpoint() {
        String job = running(settings(2, Duration.ofMinutes(1)));
        hearCheckpoint(job, 2, 20);

        store.change(job, (record, now) -> runtimes.getFirst().machine().pause(record));

        awaitState(job, JobState.JOB_STATE_PAUSED);
        await().atMost(BOUND).until(() -> launcher.done.contains("clean 1"));
        await().atMost(BOUND).until(() -> !isLeased(job));
        store.change(job, (record, now) -> runtimes.getFirst().machine().resume(record));
        await().atMost(BOUND).until(() -> launcher.launched.size() == 2);
        Assignment second = launcher.launched.getLast();
        assertThat(second.getResumeFrom().getStep()).isEqualTo(20);
        assertThat(second.getResumeFrom().getManifest()).isEqualTo(job + "/attempts/1/checkpoints/20/manifest.json");
        assertThat(second.getCheckpointPrefix()).isEqualTo(job + "/attempts/2/checkpoints/");
    }

    @Test
    void keepsTheLastCheckpointOnly() {
        String job = running(settings(2, Duration.ofMinutes(1)));
        for (int step : new int[] {20, 40, 60}) {
            artifacts.put(job + "/attempts/1/checkpoints/" + step + "/manifest.json", TENSORS);
        }

        hearCheckpoint(job, 2, 40);

        await().atMost(BOUND)
                .until(() -> artifacts
                        .stat(job + "/attempts/1/checkpoints/20/manifest.json")
                        .isEmpty());
        assertThat(artifacts.stat(job + "/attempts/1/checkpoints/40/manifest.json"))
                .isPresent();
        assertThat(artifacts.stat(job + "/attempts/1/checkpoints/60/manifest.json"))
                .isPresent();
    }

    private void hearCheckpoint(String job, long sequence, long step) {
        hear(
                job,
                report(job)
                        .setSequence(sequence)
                        .setCheckpoint(AttemptCheckpointed.newBuilder()
                                .setManifest(job + "/attempts/1/checkpoints/" + step + "/manifest.json")
                                .setStep(step))
                        .build());
    }

    private static ReconcilerSettings settings(int places, Duration heartbeatTimeout) {
        return new ReconcilerSettings(
                places,
                Duration.ofMillis(25),
                Duration.ofSeconds(5),
                Duration.ofMillis(50),
                heartbeatTimeout,
                Duration.ofMillis(400),
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ofMillis(100));
    }

    private void start(ReconcilerSettings settings) {
        JobRuntime runtime = new JobRuntime(store, artifacts, launcher, RETRIES, settings, () -> reportsFlow);
        runtimes.add(runtime);
        runtime.start();
    }

    private String launched(ReconcilerSettings settings) {
        start(settings);
        String job = store.create(Jobs.queued(), "hash").getName();
        await().atMost(BOUND).until(() -> launcher.done.contains("launch 1"));
        return job;
    }

    private String running(ReconcilerSettings settings) {
        String job = launched(settings);
        hear(
                job,
                report(job)
                        .setSequence(1)
                        .setStarted(AttemptStarted.getDefaultInstance())
                        .build());
        return job;
    }

    private AttemptReported.Builder report(String job) {
        return AttemptReported.newBuilder()
                .setJob(job)
                .setAttempt(1)
                .setFencingToken(record(job).fencingToken());
    }

    private void hear(String job, Message data) {
        runtimes.getFirst()
                .events()
                .handle(new Event(
                        UUID.randomUUID().toString(),
                        data.getDescriptorForType().getFullName(),
                        "/graft/worker",
                        job,
                        1,
                        Instant.EPOCH,
                        "",
                        data));
    }

    private void commit(String job, int attempt) {
        String prefix = job + "/attempts/" + attempt + "/outputs/";
        artifacts.put(prefix + "model.safetensors", TENSORS);
        new ArtifactCommit(artifacts, step -> {})
                .commitUploaded(
                        prefix,
                        Manifest.newBuilder()
                                .setJob(job)
                                .setAttempt(attempt)
                                .addFiles(ArtifactFile.newBuilder()
                                        .setPath("model.safetensors")
                                        .setSize(TENSORS.length)
                                        .setSha256(ContentDigest.sha256(TENSORS)))
                                .build());
    }

    private void awaitState(String job, JobState state) {
        await().atMost(BOUND).until(() -> record(job).job().getState() == state);
    }

    private JobRecord record(String job) {
        return store.find(job).orElseThrow();
    }

    private boolean isLeased(String job) {
        return database.read(handle -> handle.createQuery("select lease_owner is not null from job where name = :name")
                .bind("name", job)
                .mapTo(boolean.class)
                .one());
    }

    private boolean isSwept(String job) {
        return database.read(handle -> handle.createQuery("select swept from job where name = :name")
                .bind("name", job)
                .mapTo(boolean.class)
                .one());
    }

    private List<String> types() {
        return database.read(handle -> handle.createQuery("select type from outbox")
                .mapTo(String.class)
                .list());
    }
}
