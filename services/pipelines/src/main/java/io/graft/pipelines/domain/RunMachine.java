package io.graft.pipelines.domain;

import io.graft.pipelines.document.PipelineDocument;
import io.graft.pipelines.document.PipelineDocument.Step;
import io.graft.pipelines.expression.Expressions;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.DerivedVersion;
import io.graft.v1.Job;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunState;
import io.graft.v1.PipelineStep;
import io.graft.v1.PipelineStepState;
import io.graft.v1.StepResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The life of a run as pure functions: each takes a run and what happened and returns the run afterwards, the same when what
 * happened no longer concerns it. So an event that comes twice, late or out of order changes nothing more. Terminal states
 * absorb. Time comes from the caller, who takes it from the database.
 */
public final class RunMachine {
    private final PipelineDocument document;
    private final StepRules rules;

    /** The machine of one revision of a pipeline. */
    public RunMachine(PipelineDocument document, Expressions expressions) {
        this.document = document;
        this.rules = new StepRules(document, expressions);
    }

    /** The steps of a new run, none begun. */
    static List<PipelineStep> steps(String prefix, List<Step> declared) {
        return declared.stream()
                .map(step -> PipelineStep.newBuilder()
                        .setId(prefix + step.id())
                        .setType(step.action().type())
                        .setState(PipelineStepState.PIPELINE_STEP_STATE_PENDING)
                        .addAllNeeds(
                                step.needs().stream().map(need -> prefix + need).toList())
                        .build())
                .toList();
    }

    /** Begins what can begin, ends what has come to its end. */
    public PipelineRun advance(PipelineRun run, Instant now) {
        RunDraft draft = new RunDraft(run, now);
        advance(draft);
        return draft.view();
    }

    /** A queued run may begin. */
    public PipelineRun begin(PipelineRun run, Instant now) {
        if (run.getState() != PipelineRunState.PIPELINE_RUN_STATE_QUEUED) {
            return run;
        }
        PipelineRun begun = run.toBuilder()
                .setState(PipelineRunState.PIPELINE_RUN_STATE_RUNNING)
                .setStartTime(RunDraft.time(now))
                .clearMessage()
                .build();
        return advance(begun, now);
    }

    /** A job of an attempt of a step is in some state. */
    public PipelineRun job(PipelineRun run, String id, int attempt, Job job, Instant now) {
        RunDraft draft = new RunDraft(run, now);
        Optional<PipelineStep> step = active(draft, id).filter(found -> found.getAttempt() == attempt);
        step.ifPresent(found -> {
            JobOutcome.apply(draft, StepPath.parse(id).declaration(document).retries(), found, job);
            advance(draft);
        });
        return draft.view();
    }

    /** The service refuses an attempt; trying again would not help. */
    public PipelineRun refused(PipelineRun run, String id, int attempt, String why, Instant now) {
        RunDraft draft = new RunDraft(run, now);
        active(draft, id).filter(step -> step.getAttempt() == attempt).ifPresent(step -> {
            boolean stopping = step.getState() == PipelineStepState.PIPELINE_STEP_STATE_STOPPING;
            draft.end(
                    step,
                    stopping && !step.getTimedOut()
                            ? PipelineStepState.PIPELINE_STEP_STATE_CANCELLED
                            : PipelineStepState.PIPELINE_STEP_STATE_FAILED,
                    why);
            advance(draft);
        });
        return draft.view();
    }

    /** Something that a step needs is not available; it is tried again later. */
    public PipelineRun postponed(PipelineRun run, String id, String why, Instant until, Instant now) {
        RunDraft draft = new RunDraft(run, now);
        active(draft, id)
                .ifPresent(step -> draft.put(step.toBuilder().setMessage(why).setNotBefore(RunDraft.time(until))));
        return draft.view();
    }

    /** The items of an {@code each} are known. */
    public PipelineRun items(PipelineRun run, String id, List<DerivedVersion> items, Instant now) {
        RunDraft draft = new RunDraft(run, now);
        active(draft, id)
                .filter(step -> step.getState() == PipelineStepState.PIPELINE_STEP_STATE_STARTING)
                .ifPresent(step -> {
                    rules.expand(draft, step, items);
                    advance(draft);
                });
        return draft.view();
    }

    /** What a promotion is about to replace; noted before the alias moves, so that it can be restored whatever happens. */
    public PipelineRun promoting(PipelineRun run, String id, StepResult before, Instant now) {
        RunDraft draft = new RunDraft(run, now);
        active(draft, id)
                .filter(step -> step.getResult().getPromotedVersion().isEmpty())
                .ifPresent(step -> draft.put(step.toBuilder().setResult(before).clearMessage()));
        return draft.view();
    }

    /** The alias moved. */
    public PipelineRun promoted(PipelineRun run, String id, Instant now) {
        RunDraft draft = new RunDraft(run, now);
        active(draft, id).ifPresent(step -> {
            draft.succeed(step, step.getResult().toBuilder());
            advance(draft);
        });
        return draft.view();
    }

    /**
     * A person decides.
     *
     * @throws GraftException {@code STEP_NOT_WAITING} or {@code NOT_FOUND}; deciding the same again is none
     */
    public PipelineRun decided(
            PipelineRun run, String id, boolean approved, String principal, String comment, Instant now) {
        RunDraft draft = new RunDraft(run, now);
        PipelineStep step = draft.steps().stream()
                .filter(found -> found.getId().equals(id))
                .findFirst()
                .orElseThrow(() -> new GraftException(
                        ErrorCode.NOT_FOUND, "The run has no step '" + id + "'; look at the run", Map.of("step", id)));
        PipelineStepState end = approved
                ? PipelineStepState.PIPELINE_STEP_STATE_SUCCEEDED
                : PipelineStepState.PIPELINE_STEP_STATE_REJECTED;
        if (step.getType().equals("approval") && step.getState() == end) {
            return run;
        }
        if (step.getState() != PipelineStepState.PIPELINE_STEP_STATE_WAITING) {
            throw new GraftException(
                    ErrorCode.STEP_NOT_WAITING,
                    "Step '" + id + "' is " + StepStates.text(step.getState()) + " and waits for nobody",
                    Map.of("step", id, "state", StepStates.text(step.getState())));
        }
        StepResult.Builder result =
                StepResult.newBuilder().setPrincipal(principal).setComment(comment);
        if (approved) {
            draft.succeed(step, result);
        } else {
            draft.put(step.toBuilder()
                    .setState(end)
                    .setResult(result)
                    .setMessage("Rejected by " + principal + (comment.isEmpty() ? "" : ": " + comment)));
        }
        advance(draft);
        return draft.view();
    }

    /**
     * Ends a run: nothing new begins, jobs at work are stopped. A promotion that is under way is finished.
     *
     * @throws GraftException {@code RUN_ALREADY_ENDED} unless it was cancelled
     */
    public PipelineRun cancelled(PipelineRun run, String why, Instant now) {
        if (run.getState() == PipelineRunState.PIPELINE_RUN_STATE_CANCELLED) {
            return run;
        }
        if (StepStates.isTerminal(run.getState())) {
            throw new GraftException(
                    ErrorCode.RUN_ALREADY_ENDED,
                    "The run has ended; there is nothing to cancel",
                    Map.of("run", run.getName()));
        }
        RunDraft draft = new RunDraft(run, now);
        draft.run().setMessage(why);
        draft.steps().forEach(step -> rules.cancel(draft, step, why));
        advance(draft);
        return draft.view();
    }

    private void advance(RunDraft draft) {
        if (draft.run().getState() == PipelineRunState.PIPELINE_RUN_STATE_QUEUED && !isCancelled(draft)) {
            return;
        }
        if (StepStates.isTerminal(draft.run().getState())) {
            return;
        }
        boolean moved = true;
        while (moved) {
            moved = false;
            for (PipelineStep step : draft.steps()) {
                moved |= rules.move(draft, step);
            }
            moved |= Compensations.add(draft, document);
        }
        RunEnd.settle(draft);
    }

    private static boolean isCancelled(RunDraft draft) {
        return draft.steps().stream()
                .allMatch(step -> step.getState() == PipelineStepState.PIPELINE_STEP_STATE_CANCELLED);
    }

    private static Optional<PipelineStep> active(RunDraft draft, String id) {
        return draft.steps().stream()
                .filter(step -> step.getId().equals(id))
                .filter(step -> switch (step.getState()) {
                    case PIPELINE_STEP_STATE_STARTING, PIPELINE_STEP_STATE_RUNNING, PIPELINE_STEP_STATE_STOPPING ->
                        true;
                    case PIPELINE_STEP_STATE_UNSPECIFIED,
                            PIPELINE_STEP_STATE_PENDING,
                            PIPELINE_STEP_STATE_WAITING,
                            PIPELINE_STEP_STATE_SUCCEEDED,
                            PIPELINE_STEP_STATE_FAILED,
                            PIPELINE_STEP_STATE_HELD,
                            PIPELINE_STEP_STATE_REJECTED,
                            PIPELINE_STEP_STATE_SKIPPED,
                            PIPELINE_STEP_STATE_CANCELLED,
                            UNRECOGNIZED -> false;
                })
                .findFirst();
    }
}
