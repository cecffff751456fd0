package io.graft.pipelines.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import io.graft.pipelines.document.PipelineDocument;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.ArtifactKind;
import io.graft.v1.DerivedVersion;
import io.graft.v1.FailureReason;
import io.graft.v1.GateDecision;
import io.graft.v1.GateVerdict;
import io.graft.v1.Job;
import io.graft.v1.JobFailure;
import io.graft.v1.JobResult;
import io.graft.v1.JobState;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunState;
import io.graft.v1.PipelineStep;
import io.graft.v1.PipelineStepState;
import io.graft.v1.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class RunMachineTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final Programs programs = new Programs();
    private final RunMachine chain = programs.machine(programs.read(Documents.CHAIN));
    private final RunMachine fanOut = programs.machine(programs.read(Documents.FAN_OUT));
    private Instant now = START;

    @Test
    void goesFromStepToStepToTheEnd() {
        PipelineRun run = begun(chain, Documents.CHAIN);
        assertThat(states(run))
                .containsExactly("starting", "starting", "pending", "pending", "pending", "pending", "pending");
        run = chain.job(run, "a", 1, job("a1", JobState.JOB_STATE_QUEUED, 0), now);
        run = chain.job(run, "a", 1, job("a1", JobState.JOB_STATE_SUCCEEDED, 0.9), now);
        run = chain.job(run, "b", 1, job("b1", JobState.JOB_STATE_SUCCEEDED, 0.9), now);
        assertThat(run.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_WAITING);
        assertThat(step(run, "ask").getMessage()).isEqualTo("May tenants/default/models/b/versions/1 go?");
        run = chain.decided(run, "ask", true, "ann", "looks good", now);
        run = promoted(run, "promote", "old");
        run = chain.job(run, "watch", 1, verdict(GateDecision.GATE_DECISION_PASS), now);
        assertThat(run.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_SUCCEEDED);
        assertThat(step(run, "ask").getResult().getPrincipal()).isEqualTo("ann");
        assertThat(run.getStepsCount()).isEqualTo(7);
    }

    @Test
    void aGateThatDoesNotHoldHoldsTheRunWithItsReason() {
        PipelineRun run = upToTheGate(0.1);
        assertThat(run.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_HELD);
        assertThat(step(run, "gate").getMessage()).isEqualTo("quality is 0.1");
        assertThat(states(run))
                .containsExactly("succeeded", "succeeded", "held", "skipped", "skipped", "skipped", "skipped");
        assertThat(run.getMessage()).isEqualTo("gate: quality is 0.1");
    }

    @Test
    void whatFollowsAPromotionCanUndoIt() {
        PipelineRun run = promoted(chain.decided(upToTheGate(0.9), "ask", true, "ann", "", now), "promote", "old");
        run = chain.job(run, "watch", 1, verdict(GateDecision.GATE_DECISION_FAIL), now);
        assertThat(run.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_RUNNING);
        assertThat(step(run, "promote/compensate").getState())
                .isEqualTo(PipelineStepState.PIPELINE_STEP_STATE_STARTING);
        run = promoted(run, "promote/compensate", "new");
        assertThat(run.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_HELD);
        assertThat(step(run, "promote/compensate").getState())
                .isEqualTo(PipelineStepState.PIPELINE_STEP_STATE_SUCCEEDED);
    }

    @Test
    void nothingIsRestoredWhereThereWasNothing() {
        PipelineRun run = promoted(chain.decided(upToTheGate(0.9), "ask", true, "ann", "", now), "promote", "");
        run = chain.job(run, "watch", 1, verdict(GateDecision.GATE_DECISION_FAIL), now);
        assertThat(run.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_HELD);
    }

    @Test
    void rejectionHoldsAndDecidingTwiceIsRefusedUnlessItIsTheSame() {
        PipelineRun waiting = upToTheGate(0.9);
        PipelineRun rejected = chain.decided(waiting, "ask", false, "bob", "not now", now);
        assertThat(rejected.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_HELD);
        assertThat(step(rejected, "ask").getMessage()).isEqualTo("Rejected by bob: not now");
        assertThat(chain.decided(rejected, "ask", false, "bob", "not now", now)).isEqualTo(rejected);
        refuses(ErrorCode.STEP_NOT_WAITING, () -> chain.decided(rejected, "ask", true, "bob", "", now));
        refuses(ErrorCode.STEP_NOT_WAITING, () -> chain.decided(waiting, "promote", true, "bob", "", now));
        refuses(ErrorCode.NOT_FOUND, () -> chain.decided(waiting, "nothing", true, "bob", "", now));
    }

    @Test
    void aFailedJobIsTriedAgainAfterAWaitAndAUsersMistakeIsNot() {
        PipelineRun run = begun(chain, Documents.CHAIN);
        PipelineRun again = chain.job(run, "a", 1, failed(FailureReason.FAILURE_REASON_INFRASTRUCTURE), now);
        assertThat(step(again, "a").getAttempt()).isEqualTo(2);
        assertThat(step(again, "a").getJob()).isEmpty();
        assertThat(RunDraft.instant(step(again, "a").getNotBefore())).isEqualTo(now.plusSeconds(1));
        PipelineRun late = chain.job(again, "a", 1, job("a1", JobState.JOB_STATE_SUCCEEDED, 0.9), now);
        assertThat(late).isEqualTo(again);
        PipelineRun over = chain.job(again, "a", 2, failed(FailureReason.FAILURE_REASON_INFRASTRUCTURE), now);
        assertThat(step(over, "a").getState()).isEqualTo(PipelineStepState.PIPELINE_STEP_STATE_FAILED);
        PipelineRun mistake = chain.job(run, "a", 1, failed(FailureReason.FAILURE_REASON_USER_ERROR), now);
        assertThat(step(mistake, "a").getState()).isEqualTo(PipelineStepState.PIPELINE_STEP_STATE_FAILED);
        PipelineRun end = chain.job(mistake, "b", 1, job("b1", JobState.JOB_STATE_SUCCEEDED, 1), now);
        assertThat(end.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_FAILED);
        assertThat(step(end, "gate").getMessage()).isEqualTo("Not begun, as a is failed");
    }

    @Test
    void aStepThatIsNotDoneInTimeIsStoppedAndFails() {
        PipelineRun run = begun(chain, Documents.CHAIN);
        run = chain.job(run, "b", 1, job("b1", JobState.JOB_STATE_RUNNING, 0), now);
        now = now.plus(Duration.ofMinutes(61));
        run = chain.advance(run, now);
        assertThat(step(run, "b").getState()).isEqualTo(PipelineStepState.PIPELINE_STEP_STATE_STOPPING);
        run = chain.job(run, "b", 1, job("b1", JobState.JOB_STATE_CANCELLED, 0), now);
        assertThat(step(run, "b").getState()).isEqualTo(PipelineStepState.PIPELINE_STEP_STATE_FAILED);
        assertThat(step(run, "b").getMessage()).isEqualTo("It was not done in time");
    }

    @Test
    void cancellingStopsJobsAndBeginsNothing() {
        PipelineRun run = begun(chain, Documents.CHAIN);
        run = chain.job(run, "a", 1, job("a1", JobState.JOB_STATE_RUNNING, 0), now);
        run = chain.cancelled(run, "Cancelled by ann", now);
        assertThat(states(run)).startsWith("stopping", "stopping", "cancelled");
        run = chain.job(run, "a", 1, job("a1", JobState.JOB_STATE_CANCELLED, 0), now);
        run = chain.refused(run, "b", 1, "never submitted", now);
        assertThat(run.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_CANCELLED);
        assertThat(chain.cancelled(run, "again", now)).isEqualTo(run);
        PipelineRun done = upToTheGate(0.1);
        refuses(ErrorCode.RUN_ALREADY_ENDED, () -> chain.cancelled(done, "x", now));
    }

    @Test
    void aQueuedRunThatIsCancelledNeverBegins() {
        PipelineRun queued = run(Documents.CHAIN);
        PipelineRun cancelled = chain.cancelled(queued, "Replaced by a later run", now);
        assertThat(cancelled.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_CANCELLED);
        assertThat(chain.begin(cancelled, now)).isEqualTo(cancelled);
    }

    @Test
    void doesTheStepsForEachItemThatTheConditionLetsIn() {
        PipelineRun run = begun(fanOut, Documents.FAN_OUT);
        run = fanOut.items(run, "each", List.of(item(1), item(2), full()), now);
        assertThat(step(run, "each").getItemsCount()).isEqualTo(2);
        run = fanOut.job(run, "each/0/graft", 1, job("j0", JobState.JOB_STATE_SUCCEEDED, 0.9), now);
        run = fanOut.job(run, "each/1/graft", 1, job("j1", JobState.JOB_STATE_SUCCEEDED, 0.9), now);
        assertThat(step(run, "each").getState()).isEqualTo(PipelineStepState.PIPELINE_STEP_STATE_SUCCEEDED);
        assertThat(step(run, "done").getMessage()).isEqualTo("2.0 are done");
    }

    @Test
    void oneItemThatIsHeldHoldsTheRunButNoOtherItem() {
        PipelineRun run = fanOut.items(begun(fanOut, Documents.FAN_OUT), "each", List.of(item(1), item(2)), now);
        run = fanOut.job(run, "each/0/graft", 1, job("j0", JobState.JOB_STATE_SUCCEEDED, 0.1), now);
        run = fanOut.job(run, "each/1/graft", 1, job("j1", JobState.JOB_STATE_SUCCEEDED, 0.9), now);
        assertThat(step(run, "each/1/gate").getState()).isEqualTo(PipelineStepState.PIPELINE_STEP_STATE_SUCCEEDED);
        assertThat(run.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_HELD);
        assertThat(step(run, "each").getResult().getMetricsMap())
                .containsEntry("held", 1.0)
                .containsEntry("succeeded", 1.0);
    }

    @Test
    void withoutItemsThereIsNothingToDo() {
        PipelineRun run = fanOut.items(begun(fanOut, Documents.FAN_OUT), "each", List.of(full()), now);
        assertThat(step(run, "each").getState()).isEqualTo(PipelineStepState.PIPELINE_STEP_STATE_SUCCEEDED);
        assertThat(step(run, "done").getState()).isEqualTo(PipelineStepState.PIPELINE_STEP_STATE_WAITING);
    }

    @Test
    void anExpressionThatFailsFailsItsStep() {
        PipelineRun run = begun(chain, Documents.CHAIN);
        Job without = job("a1", JobState.JOB_STATE_SUCCEEDED, 0.9).toBuilder()
                .clearResult()
                .build();
        run = chain.job(run, "a", 1, without, now);
        run = chain.job(run, "b", 1, without, now);
        assertThat(step(run, "gate").getState()).isEqualTo(PipelineStepState.PIPELINE_STEP_STATE_FAILED);
        assertThat(step(run, "gate").getMessage()).contains("quality");
    }

    private PipelineRun upToTheGate(double quality) {
        PipelineRun run = begun(chain, Documents.CHAIN);
        run = chain.job(run, "a", 1, job("a1", JobState.JOB_STATE_SUCCEEDED, quality), now);
        return chain.job(run, "b", 1, job("b1", JobState.JOB_STATE_SUCCEEDED, quality), now);
    }

    private PipelineRun promoted(PipelineRun run, String step, String previous) {
        StepResult before = StepResult.newBuilder()
                .setPreviousVersion(previous)
                .setPromotedVersion("out")
                .build();
        return chain.promoted(chain.promoting(run, step, before, now), step, now);
    }

    private PipelineRun begun(RunMachine machine, String document) {
        return machine.begin(run(document), now);
    }

    private PipelineRun run(String text) {
        PipelineDocument document = programs.read(text);
        return PipelineRun.newBuilder()
                .setName("tenants/default/pipelines/p/runs/r")
                .setState(PipelineRunState.PIPELINE_RUN_STATE_QUEUED)
                .setInputs(RunInputs.fill(document, Struct.getDefaultInstance()))
                .addAllSteps(RunMachine.steps("", document.steps()))
                .build();
    }

    static Job job(String name, JobState state, double quality) {
        return Job.newBuilder()
                .setName("tenants/default/jobs/" + name)
                .setState(state)
                .addOutputs("tenants/default/models/m/versions/7")
                .setResult(JobResult.newBuilder().putMetrics("quality", quality))
                .build();
    }

    private static Job verdict(GateDecision decision) {
        return job("w", JobState.JOB_STATE_SUCCEEDED, 1).toBuilder()
                .setResult(
                        JobResult.newBuilder().setGate(GateVerdict.newBuilder().setDecision(decision)))
                .build();
    }

    private static Job failed(FailureReason reason) {
        return job("f", JobState.JOB_STATE_FAILED, 0).toBuilder()
                .setFailure(JobFailure.newBuilder().setReason(reason).setMessage("it broke"))
                .build();
    }

    private static DerivedVersion item(int number) {
        return DerivedVersion.newBuilder()
                .setVersion("tenants/default/models/d" + number + "/versions/1")
                .setModel("tenants/default/models/d" + number)
                .setKind(ArtifactKind.ARTIFACT_KIND_DIFF)
                .build();
    }

    private static DerivedVersion full() {
        return item(9).toBuilder().setKind(ArtifactKind.ARTIFACT_KIND_FULL).build();
    }

    static PipelineStep step(PipelineRun run, String id) {
        return run.getStepsList().stream()
                .filter(step -> step.getId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> states(PipelineRun run) {
        return run.getStepsList().stream()
                .map(step -> StepStates.text(step.getState()))
                .toList();
    }

    private static void refuses(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
