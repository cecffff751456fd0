package io.graft.platform.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.AttemptCheckpointed;
import io.graft.v1.AttemptCommitted;
import io.graft.v1.FailureReason;
import io.graft.v1.GateDecision;
import io.graft.v1.GateVerdict;
import io.graft.v1.Job;
import io.graft.v1.JobFailure;
import io.graft.v1.JobProgress;
import io.graft.v1.JobState;
import io.graft.v1.VersionCommitted;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobMachineTest {
    private static final String NAME = "tenants/default/jobs/graft-1";
    private static final String MANIFEST = NAME + "/attempts/1/outputs/manifest.json";
    private static final long TOKEN = 7;
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00.123456Z");
    private static final JobFailure USER_ERROR = failure(FailureReason.FAILURE_REASON_USER_ERROR);
    private static final JobFailure INFRASTRUCTURE = failure(FailureReason.FAILURE_REASON_INFRASTRUCTURE);

    private final JobMachine machine =
            new JobMachine(new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(30)));

    /** Everything that can happen to a job. */
    private enum Happening {
        LAUNCH,
        STARTED,
        PROGRESSED,
        CHECKPOINTED,
        COMMITTED,
        REGISTERED,
        REJECTED,
        FAILED_FOR_GOOD,
        FAILED_FOR_NOW
    }

    /** Where each happening leads from each state; what is not here changes nothing. */
    private static final Map<JobState, Map<Happening, JobState>> STEPS = new EnumMap<>(Map.of(
            JobState.JOB_STATE_QUEUED, Map.of(Happening.LAUNCH, JobState.JOB_STATE_LAUNCHING),
            JobState.JOB_STATE_LAUNCHING,
                    Map.of(
                            Happening.STARTED, JobState.JOB_STATE_RUNNING,
                            Happening.PROGRESSED, JobState.JOB_STATE_RUNNING,
                            Happening.CHECKPOINTED, JobState.JOB_STATE_RUNNING,
                            Happening.COMMITTED, JobState.JOB_STATE_FINALIZING,
                            Happening.FAILED_FOR_GOOD, JobState.JOB_STATE_FAILED,
                            Happening.FAILED_FOR_NOW, JobState.JOB_STATE_QUEUED),
            JobState.JOB_STATE_RUNNING,
                    Map.of(
                            Happening.PROGRESSED, JobState.JOB_STATE_RUNNING,
                            Happening.CHECKPOINTED, JobState.JOB_STATE_RUNNING,
                            Happening.COMMITTED, JobState.JOB_STATE_FINALIZING,
                            Happening.FAILED_FOR_GOOD, JobState.JOB_STATE_FAILED,
                            Happening.FAILED_FOR_NOW, JobState.JOB_STATE_QUEUED),
            JobState.JOB_STATE_PAUSING,
                    Map.of(
                            Happening.STARTED, JobState.JOB_STATE_PAUSING,
                            Happening.PROGRESSED, JobState.JOB_STATE_PAUSING,
                            Happening.CHECKPOINTED, JobState.JOB_STATE_PAUSING,
                            Happening.COMMITTED, JobState.JOB_STATE_FINALIZING,
                            Happening.FAILED_FOR_GOOD, JobState.JOB_STATE_FAILED,
                            Happening.FAILED_FOR_NOW, JobState.JOB_STATE_PAUSED),
            JobState.JOB_STATE_FINALIZING,
                    Map.of(
                            Happening.REGISTERED, JobState.JOB_STATE_SUCCEEDED,
                            Happening.REJECTED, JobState.JOB_STATE_FAILED)));

    static Stream<Arguments> everyStateAndHappening() {
        return states().flatMap(state -> Arrays.stream(Happening.values())
                .map(happening -> Arguments.of(
                        state, happening, STEPS.getOrDefault(state, Map.of()).get(happening))));
    }

    static Stream<JobState> states() {
        return Arrays.stream(JobState.values()).filter(state -> state != JobState.UNRECOGNIZED);
    }

    @ParameterizedTest(name = "{1} in {0}")
    @MethodSource("everyStateAndHappening")
    void leadsWhereTheTableSays(JobState state, Happening happening, @org.jspecify.annotations.Nullable JobState next) {
        Optional<Transition> step = happen(happening, in(state));

        assertThat(step.map(taken -> taken.next().job().getState())).isEqualTo(Optional.ofNullable(next));
    }

    @ParameterizedTest
    @MethodSource("states")
    void neverLeavesATerminalState(JobState state) {
        if (!JobMachine.isTerminal(state)) {
            assertThat(STEPS.containsKey(state) || unused(state)).isTrue();
            return;
        }
        for (Happening happening : Happening.values()) {
            assertThat(happen(happening, in(state))).as(happening.name()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("states")
    void cancelsUntilTheOutputIsCommitted(JobState state) {
        switch (state) {
            case JOB_STATE_CANCELLED ->
                assertThat(machine.cancelled(in(state), NOW)).isEmpty();
            case JOB_STATE_FINALIZING -> assertRefused(ErrorCode.TOO_LATE_TO_CANCEL, state);
            case JOB_STATE_SUCCEEDED, JOB_STATE_FAILED -> assertRefused(ErrorCode.JOB_ALREADY_ENDED, state);
            default -> {
                Job cancelled =
                        machine.cancelled(in(state), NOW).orElseThrow().next().job();
                assertThat(cancelled.getState()).isEqualTo(JobState.JOB_STATE_CANCELLED);
                assertThat(JobTimes.instant(cancelled.getEndTime())).isEqualTo(NOW);
            }
        }
    }

    @Test
    void endsOnceWhicheverOfCancelAndCommitComesFirst() {
        JobRecord running = in(JobState.JOB_STATE_RUNNING);

        JobRecord cancelled = machine.cancelled(running, NOW).orElseThrow().next();
        assertThat(commit(cancelled)).isEmpty();

        JobRecord committed = commit(running).orElseThrow().next();
        assertThatThrownBy(() -> machine.cancelled(committed, NOW)).isInstanceOf(GraftException.class);
    }

    @Test
    void ignoresOtherAttemptsAndTokens() {
        JobRecord running = in(JobState.JOB_STATE_RUNNING);

        assertThat(machine.progressed(running, 2, TOKEN, JobProgress.getDefaultInstance(), NOW))
                .isEmpty();
        assertThat(machine.progressed(running, 1, TOKEN - 1, JobProgress.getDefaultInstance(), NOW))
                .isEmpty();
        assertThat(machine.committed(running, 1, TOKEN + 1, committed(MANIFEST), NOW))
                .isEmpty();
        assertThat(machine.attemptFailed(running, 0, TOKEN, USER_ERROR, NOW)).isEmpty();
        assertThat(machine.started(in(JobState.JOB_STATE_LAUNCHING), 1, TOKEN - 1, "host", NOW))
                .isEmpty();
    }

    @Test
    void givesEachAttemptItsNumberAndToken() {
        JobRecord queued = in(JobState.JOB_STATE_QUEUED);

        JobRecord launched = machine.launch(queued, 8, NOW).orElseThrow().next();

        assertThat(launched.job().getAttempt()).isEqualTo(2);
        assertThat(launched.fencingToken()).isEqualTo(8);
        assertThat(launched.reportSequence()).isZero();
        assertThat(launched.job().hasProgress()).isFalse();
    }

    @Test
    void launchesNoEarlierThanAllowed() {
        JobRecord waiting = in(JobState.JOB_STATE_QUEUED).startingNotBefore(NOW.plusSeconds(5));

        assertThat(machine.launch(waiting, 8, NOW)).isEmpty();
        assertThat(machine.launch(waiting, 8, NOW.plusSeconds(5))).isPresent();
    }

    @Test
    void keepsTheFirstStartTime() {
        JobRecord first = machine.started(in(JobState.JOB_STATE_LAUNCHING), 1, TOKEN, "host", NOW)
                .orElseThrow()
                .next();

        JobRecord later = machine.progressed(first, 1, TOKEN, JobProgress.getDefaultInstance(), NOW.plusSeconds(9))
                .orElseThrow()
                .next();

        assertThat(JobTimes.instant(later.job().getStartTime())).isEqualTo(NOW);
    }

    @Test
    void startsWithProgressWhenTheFirstReportWasLost() {
        JobRecord running = machine.progressed(
                        in(JobState.JOB_STATE_LAUNCHING), 1, TOKEN, JobProgress.getDefaultInstance(), NOW)
                .orElseThrow()
                .next();

        assertThat(running.job().getState()).isEqualTo(JobState.JOB_STATE_RUNNING);
        assertThat(JobTimes.instant(running.job().getStartTime())).isEqualTo(NOW);
    }

    @Test
    void announcesWhatWasCommitted() {
        Transition step = commit(in(JobState.JOB_STATE_RUNNING)).orElseThrow();

        assertThat(step.next().committedManifest()).isEqualTo(MANIFEST);
        assertThat(step.announcements()).singleElement().isInstanceOfSatisfying(VersionCommitted.class, announced -> {
            assertThat(announced.getJob()).isEqualTo(NAME);
            assertThat(announced.getManifest()).isEqualTo(MANIFEST);
            assertThat(announced.getOutputModel()).isEqualTo("tenants/default/models/out");
            assertThat(announced.getParentsList()).singleElement().satisfies(parent -> {
                assertThat(parent.getParent()).isEqualTo("tenants/default/models/in/versions/1");
                assertThat(parent.getRole()).isEqualTo("target");
            });
        });
    }

    @Test
    void refusesACommitOutsideOfTheAttemptsOwnPrefix() {
        JobRecord running = in(JobState.JOB_STATE_RUNNING);

        assertThatThrownBy(() -> machine.committed(
                        running,
                        1,
                        TOKEN,
                        committed("tenants/default/jobs/other/attempts/1/outputs/manifest.json"),
                        NOW))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void triesAgainWithDelayUntilTheAttemptsAreUsedUp() {
        JobRecord again = machine.attemptFailed(in(JobState.JOB_STATE_RUNNING), 1, TOKEN, INFRASTRUCTURE, NOW)
                .orElseThrow()
                .next();
        assertThat(again.notBefore()).isEqualTo(NOW.plusSeconds(1));
        assertThat(again.job().hasFailure()).isFalse();

        JobRecord last = new JobRecord(
                again.job().toBuilder()
                        .setState(JobState.JOB_STATE_RUNNING)
                        .setAttempt(3)
                        .build(),
                again.plan(),
                "",
                TOKEN,
                0,
                null,
                null);
        Job failed = machine.attemptFailed(last, 3, TOKEN, INFRASTRUCTURE, NOW)
                .orElseThrow()
                .next()
                .job();
        assertThat(failed.getState()).isEqualTo(JobState.JOB_STATE_FAILED);
        assertThat(failed.getFailure()).isEqualTo(INFRASTRUCTURE);
        assertThat(failed.hasEndTime()).isTrue();
    }

    @Test
    void announcesADataSetAsSuch() {
        JobRecord pruning = JobRecord.submitted(
                        in(JobState.JOB_STATE_RUNNING).job(),
                        new JobPlan(
                                List.of(), "tenants/default/datasets/pruned", ArtifactKind.ARTIFACT_KIND_UNSPECIFIED),
                        "")
                .fencedBy(TOKEN);

        Transition step = commit(pruning).orElseThrow();

        assertThat(step.next().job().getState()).isEqualTo(JobState.JOB_STATE_FINALIZING);
        assertThat(step.announcements()).singleElement().isInstanceOfSatisfying(VersionCommitted.class, committed -> {
            assertThat(committed.getOutputDataset()).isEqualTo("tenants/default/datasets/pruned");
            assertThat(committed.getOutputModel()).isEmpty();
        });
    }

    @Test
    void endsWithMetricsWhenItMakesNoVersion() {
        JobRecord running = in(JobState.JOB_STATE_RUNNING);
        JobRecord measuring = JobRecord.submitted(
                        running.job(), new JobPlan(List.of(), "", ArtifactKind.ARTIFACT_KIND_UNSPECIFIED), "")
                .fencedBy(TOKEN);

        Transition step = machine.committed(
                        measuring,
                        1,
                        TOKEN,
                        committed(MANIFEST).toBuilder()
                                .putMetrics("accuracy", 0.9)
                                .setGate(GateVerdict.newBuilder().setDecision(GateDecision.GATE_DECISION_FAIL))
                                .setReport("report.html")
                                .build(),
                        NOW)
                .orElseThrow();

        assertThat(step.next().job().getState()).isEqualTo(JobState.JOB_STATE_SUCCEEDED);
        assertThat(step.next().job().getResult().getMetricsMap()).containsExactly(Map.entry("accuracy", 0.9));
        assertThat(step.next().job().getResult().getGate().getDecision()).isEqualTo(GateDecision.GATE_DECISION_FAIL);
        assertThat(step.next().job().getResult().getReport()).isEqualTo("report.html");
        assertThat(step.next().job().hasEndTime()).isTrue();
        assertThat(step.announcements()).isEmpty();
    }

    @Test
    void namesTheOutputOfASuccess() {
        Transition step =
                machine.registered(in(JobState.JOB_STATE_FINALIZING), "v", NOW).orElseThrow();

        assertThat(step.next().job().getOutputsList()).containsExactly("v");
        assertThat(step.event().getOutputsList()).containsExactly("v");
    }

    private Optional<Transition> happen(Happening happening, JobRecord record) {
        return switch (happening) {
            case LAUNCH -> machine.launch(record, TOKEN + 1, NOW);
            case STARTED -> machine.started(record, 1, TOKEN, "host", NOW);
            case PROGRESSED -> machine.progressed(record, 1, TOKEN, JobProgress.getDefaultInstance(), NOW);
            case CHECKPOINTED -> machine.checkpointed(record, 1, TOKEN, checkpoint(5), NOW);
            case COMMITTED -> commit(record);
            case REGISTERED -> machine.registered(record, "tenants/default/models/out/versions/1", NOW);
            case REJECTED -> machine.rejected(record, USER_ERROR, NOW);
            case FAILED_FOR_GOOD -> machine.attemptFailed(record, 1, TOKEN, USER_ERROR, NOW);
            case FAILED_FOR_NOW -> machine.attemptFailed(record, 1, TOKEN, INFRASTRUCTURE, NOW);
        };
    }

    private Optional<Transition> commit(JobRecord record) {
        return machine.committed(record, 1, TOKEN, committed(MANIFEST), NOW);
    }

    private void assertRefused(ErrorCode code, JobState state) {
        assertThatThrownBy(() -> machine.cancelled(in(state), NOW))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    /** States that reports of workers neither lead to nor from. */
    private static boolean unused(JobState state) {
        return switch (state) {
            case JOB_STATE_UNSPECIFIED, JOB_STATE_VALIDATING, JOB_STATE_PAUSED -> true;
            default -> false;
        };
    }

    private static AttemptCheckpointed checkpoint(long step) {
        return AttemptCheckpointed.newBuilder()
                .setManifest(NAME + "/attempts/1/checkpoints/" + step + "/manifest.json")
                .setDigest("sha256:2")
                .setStep(step)
                .build();
    }

    private static AttemptCommitted committed(String manifest) {
        return AttemptCommitted.newBuilder()
                .setManifest(manifest)
                .setDigest("sha256:1")
                .build();
    }

    private static JobFailure failure(FailureReason reason) {
        return JobFailure.newBuilder().setReason(reason).setMessage("broken").build();
    }

    private static JobRecord in(JobState state) {
        Job job = Job.newBuilder()
                .setName(NAME)
                .setState(state)
                .setAttempt(1)
                .setProgress(JobProgress.newBuilder().setStep(3))
                .build();
        AssignmentInput input = AssignmentInput.newBuilder()
                .setRole("target")
                .setVersion("tenants/default/models/in/versions/1")
                .build();
        JobPlan plan = new JobPlan(List.of(input), "tenants/default/models/out", ArtifactKind.ARTIFACT_KIND_FULL);
        return JobRecord.submitted(job, plan, "").fencedBy(TOKEN);
    }
}
