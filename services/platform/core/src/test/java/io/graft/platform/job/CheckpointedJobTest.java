package io.graft.platform.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AttemptCheckpointed;
import io.graft.v1.FailureReason;
import io.graft.v1.Job;
import io.graft.v1.JobFailure;
import io.graft.v1.JobProgress;
import io.graft.v1.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What survives an attempt, by pause and by failure. */
class CheckpointedJobTest {
    private static final String NAME = "tenants/default/jobs/finetune-1";
    private static final long TOKEN = 7;
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final JobFailure PREEMPTED = JobFailure.newBuilder()
            .setReason(FailureReason.FAILURE_REASON_PREEMPTED)
            .setMessage("asked to leave")
            .build();
    private static final JobFailure DIVERGED = JobFailure.newBuilder()
            .setReason(FailureReason.FAILURE_REASON_DIVERGED)
            .setMessage("loss is NaN at step 12")
            .build();

    private final JobMachine machine =
            new JobMachine(new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(30)));

    static Stream<JobState> states() {
        return Arrays.stream(JobState.values()).filter(state -> state != JobState.UNRECOGNIZED);
    }

    @Test
    void theNextAttemptGoesOnFromTheLastCheckpointAndCountsWhatIsLost() {
        JobRecord at40 = checkpointed(checkpointed(running(), 20), 40);
        JobRecord at52 = progressed(at40, 52);

        JobRecord queued = failed(at52, PREEMPTED);
        JobRecord again =
                machine.launch(queued, 8, NOW.plusSeconds(60)).orElseThrow().next();

        assertThat(again.job().getResumedFromStep()).isEqualTo(40);
        assertThat(again.job().getLostSteps()).isEqualTo(12);
        assertThat(again.job().getCheckpoint().getAttempt()).isEqualTo(1);
    }

    @Test
    void ignoresACheckpointThatIsOlderThanTheLast() {
        assertThat(machine.checkpointed(checkpointed(running(), 40), 1, TOKEN, report(40, "1"), NOW))
                .isEmpty();
    }

    @Test
    void refusesACheckpointOutsideOfTheAttemptsOwnPrefix() {
        assertThatThrownBy(() -> machine.checkpointed(running(), 1, TOKEN, report(5, "2"), NOW))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void pausesWithItsCheckpointOnceTheWorkerIsGone() {
        JobRecord pausing = pause(progressed(checkpointed(running(), 40), 43));
        assertThat(pausing.job().getState()).isEqualTo(JobState.JOB_STATE_PAUSING);

        Transition step = machine.attemptFailed(checkpointed(pausing, 43), 1, TOKEN, PREEMPTED, NOW)
                .orElseThrow();

        assertThat(step.next().job().getState()).isEqualTo(JobState.JOB_STATE_PAUSED);
        assertThat(step.next().job().getLostSteps()).isZero();
        assertThat(step.event().getMessage()).isEqualTo("Paused after step 43");
        JobRecord resumed = machine.resume(step.next()).orElseThrow().next();
        assertThat(resumed.job().getState()).isEqualTo(JobState.JOB_STATE_QUEUED);
        assertThat(machine.launch(resumed, 8, NOW).orElseThrow().next().job().getResumedFromStep())
                .isEqualTo(43);
    }

    @Test
    void saysWhyNothingIsKept() {
        JobRecord pausing = pause(running());

        assertThat(machine.attemptFailed(pausing, 1, TOKEN, PREEMPTED, NOW)
                        .orElseThrow()
                        .event()
                        .getMessage())
                .contains("without a checkpoint", "begins anew");
    }

    @Test
    void failsInsteadOfPausingWhenTryingAgainWouldNotHelp() {
        Job failed = machine.attemptFailed(pause(running()), 1, TOKEN, DIVERGED, NOW)
                .orElseThrow()
                .next()
                .job();

        assertThat(failed.getState()).isEqualTo(JobState.JOB_STATE_FAILED);
    }

    @Test
    void neverTriesAgainWhatDiverged() {
        assertThat(failed(checkpointed(running(), 40), DIVERGED).job().getState())
                .isEqualTo(JobState.JOB_STATE_FAILED);
    }

    @Test
    void pausesCostNoAttempts() {
        JobRecord record = running();
        for (int attempt = 1; attempt <= 5; attempt++) {
            JobRecord paused = machine.attemptFailed(pause(record), attempt, record.fencingToken(), PREEMPTED, NOW)
                    .orElseThrow()
                    .next();
            JobRecord resumed = machine.resume(paused).orElseThrow().next();
            record = machine.launch(resumed, TOKEN + attempt, NOW).orElseThrow().next();
        }

        JobRecord after = machine.attemptFailed(record, 6, TOKEN + 5, PREEMPTED, NOW)
                .orElseThrow()
                .next();

        assertThat(after.job().getState()).isEqualTo(JobState.JOB_STATE_QUEUED);
    }

    @ParameterizedTest
    @MethodSource("states")
    void pausesUntilTheOutputIsCommitted(JobState state) {
        switch (state) {
            case JOB_STATE_PAUSING, JOB_STATE_PAUSED ->
                assertThat(machine.pause(in(state))).isEmpty();
            case JOB_STATE_FINALIZING -> assertPauseRefused(state, ErrorCode.TOO_LATE_TO_PAUSE);
            case JOB_STATE_SUCCEEDED, JOB_STATE_FAILED, JOB_STATE_CANCELLED ->
                assertPauseRefused(state, ErrorCode.JOB_ALREADY_ENDED);
            case JOB_STATE_LAUNCHING, JOB_STATE_RUNNING ->
                assertThat(pause(in(state)).job().getState()).isEqualTo(JobState.JOB_STATE_PAUSING);
            default -> assertThat(pause(in(state)).job().getState()).isEqualTo(JobState.JOB_STATE_PAUSED);
        }
    }

    @ParameterizedTest
    @MethodSource("states")
    void resumesWhatIsPaused(JobState state) {
        switch (state) {
            case JOB_STATE_PAUSED ->
                assertThat(machine.resume(in(state)).orElseThrow().next().job().getState())
                        .isEqualTo(JobState.JOB_STATE_QUEUED);
            case JOB_STATE_PAUSING, JOB_STATE_FINALIZING -> assertResumeRefused(state, ErrorCode.JOB_NOT_PAUSED);
            case JOB_STATE_SUCCEEDED, JOB_STATE_FAILED, JOB_STATE_CANCELLED ->
                assertResumeRefused(state, ErrorCode.JOB_ALREADY_ENDED);
            default -> assertThat(machine.resume(in(state))).isEmpty();
        }
    }

    private void assertPauseRefused(JobState state, ErrorCode code) {
        assertThatThrownBy(() -> machine.pause(in(state)))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private void assertResumeRefused(JobState state, ErrorCode code) {
        assertThatThrownBy(() -> machine.resume(in(state)))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private JobRecord pause(JobRecord record) {
        return machine.pause(record).orElseThrow().next();
    }

    private JobRecord checkpointed(JobRecord record, long step) {
        return machine.checkpointed(record, 1, TOKEN, report(step, "1"), NOW)
                .orElseThrow()
                .next();
    }

    private JobRecord progressed(JobRecord record, long step) {
        JobProgress progress =
                JobProgress.newBuilder().setStage("train").setStep(step).build();
        return machine.progressed(record, 1, TOKEN, progress, NOW).orElseThrow().next();
    }

    private JobRecord failed(JobRecord record, JobFailure failure) {
        return machine.attemptFailed(record, 1, TOKEN, failure, NOW)
                .orElseThrow()
                .next();
    }

    private static AttemptCheckpointed report(long step, String attempt) {
        return AttemptCheckpointed.newBuilder()
                .setManifest(NAME + "/attempts/" + attempt + "/checkpoints/" + step + "/manifest.json")
                .setDigest("sha256:1")
                .setStep(step)
                .build();
    }

    private static JobRecord running() {
        return in(JobState.JOB_STATE_RUNNING);
    }

    private static JobRecord in(JobState state) {
        Job job = Job.newBuilder().setName(NAME).setState(state).setAttempt(1).build();
        JobPlan plan = new JobPlan(List.of(), "tenants/default/models/out", ArtifactKind.ARTIFACT_KIND_ADAPTER);
        return JobRecord.submitted(job, plan, "").fencedBy(TOKEN);
    }
}
