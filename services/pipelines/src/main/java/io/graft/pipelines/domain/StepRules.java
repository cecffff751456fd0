package io.graft.pipelines.domain;

import io.graft.pipelines.document.PipelineDocument;
import io.graft.pipelines.document.PipelineDocument.Action;
import io.graft.pipelines.document.PipelineDocument.Approval;
import io.graft.pipelines.document.PipelineDocument.Derived;
import io.graft.pipelines.document.PipelineDocument.Each;
import io.graft.pipelines.document.PipelineDocument.Gate;
import io.graft.pipelines.document.PipelineDocument.Listed;
import io.graft.pipelines.document.PipelineDocument.Promote;
import io.graft.pipelines.document.PipelineDocument.RunJob;
import io.graft.pipelines.document.PipelineDocument.Step;
import io.graft.pipelines.expression.ExpressionException;
import io.graft.pipelines.expression.Expressions;
import io.graft.v1.DerivedVersion;
import io.graft.v1.PipelineStep;
import io.graft.v1.PipelineStepState;
import io.graft.v1.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How a step moves when nothing but other steps and time move it. */
final class StepRules {
    /** Items that one {@code each} may have. */
    static final int MAX_ITEMS = 200;

    private final PipelineDocument document;
    private final Expressions expressions;

    StepRules(PipelineDocument document, Expressions expressions) {
        this.document = document;
        this.expressions = expressions;
    }

    /** @return whether it moved */
    boolean move(RunDraft draft, PipelineStep step) {
        if (StepStates.isTerminal(step.getState())) {
            return false;
        }
        if (isLate(draft, step)) {
            return late(draft, step);
        }
        return switch (step.getState()) {
            case PIPELINE_STEP_STATE_PENDING -> pending(draft, step);
            case PIPELINE_STEP_STATE_RUNNING -> step.getType().equals("each") && group(draft, step);
            case PIPELINE_STEP_STATE_UNSPECIFIED,
                    PIPELINE_STEP_STATE_STARTING,
                    PIPELINE_STEP_STATE_WAITING,
                    PIPELINE_STEP_STATE_STOPPING,
                    PIPELINE_STEP_STATE_SUCCEEDED,
                    PIPELINE_STEP_STATE_FAILED,
                    PIPELINE_STEP_STATE_HELD,
                    PIPELINE_STEP_STATE_REJECTED,
                    PIPELINE_STEP_STATE_SKIPPED,
                    PIPELINE_STEP_STATE_CANCELLED,
                    UNRECOGNIZED -> false;
        };
    }

    /** The run is cancelled. */
    void cancel(RunDraft draft, PipelineStep step, String why) {
        switch (step.getState()) {
            case PIPELINE_STEP_STATE_PENDING, PIPELINE_STEP_STATE_WAITING ->
                draft.end(step, PipelineStepState.PIPELINE_STEP_STATE_CANCELLED, why);
            case PIPELINE_STEP_STATE_STARTING, PIPELINE_STEP_STATE_RUNNING -> {
                if (step.getType().equals("job")) {
                    stop(draft, step, why, false);
                } else if (step.getType().equals("each")
                        && step.getState() == PipelineStepState.PIPELINE_STEP_STATE_STARTING) {
                    draft.end(step, PipelineStepState.PIPELINE_STEP_STATE_CANCELLED, why);
                }
            }
            case PIPELINE_STEP_STATE_UNSPECIFIED,
                    PIPELINE_STEP_STATE_STOPPING,
                    PIPELINE_STEP_STATE_SUCCEEDED,
                    PIPELINE_STEP_STATE_FAILED,
                    PIPELINE_STEP_STATE_HELD,
                    PIPELINE_STEP_STATE_REJECTED,
                    PIPELINE_STEP_STATE_SKIPPED,
                    PIPELINE_STEP_STATE_CANCELLED,
                    UNRECOGNIZED -> {
                // It is over, or being stopped.
            }
        }
    }

    private static void stop(RunDraft draft, PipelineStep step, String why, boolean timedOut) {
        boolean neverAsked = step.getAttempt() > 1
                && step.getJob().isEmpty()
                && step.hasNotBefore()
                && draft.now().isBefore(RunDraft.instant(step.getNotBefore()));
        if (neverAsked) {
            draft.end(
                    step,
                    timedOut
                            ? PipelineStepState.PIPELINE_STEP_STATE_FAILED
                            : PipelineStepState.PIPELINE_STEP_STATE_CANCELLED,
                    why);
            return;
        }
        draft.put(step.toBuilder()
                .setState(PipelineStepState.PIPELINE_STEP_STATE_STOPPING)
                .setTimedOut(timedOut)
                .clearNotBefore()
                .setMessage(why));
    }

    private static boolean isLate(RunDraft draft, PipelineStep step) {
        return step.hasDeadline()
                && step.getState() != PipelineStepState.PIPELINE_STEP_STATE_STOPPING
                && !draft.now().isBefore(RunDraft.instant(step.getDeadline()));
    }

    private static boolean late(RunDraft draft, PipelineStep step) {
        if (step.getState() == PipelineStepState.PIPELINE_STEP_STATE_WAITING) {
            draft.end(step, PipelineStepState.PIPELINE_STEP_STATE_FAILED, "Nobody decided in time");
        } else {
            stop(draft, step, "It was not done in time", true);
        }
        return true;
    }

    private boolean pending(RunDraft draft, PipelineStep step) {
        StepPath path = StepPath.parse(step.getId());
        List<PipelineStep> needs = step.getNeedsList().stream().map(draft::step).toList();
        if (!needs.stream().allMatch(need -> StepStates.isTerminal(need.getState()))) {
            return false;
        }
        List<String> missing = needs.stream()
                .filter(need ->
                        !need.getResult().getSucceeded() && !need.getResult().getSkipped())
                .map(need -> need.getId() + " is " + StepStates.text(need.getState()))
                .toList();
        if (!missing.isEmpty() && !path.compensation()) {
            draft.end(
                    step, PipelineStepState.PIPELINE_STEP_STATE_SKIPPED, "Not begun, as " + String.join(", ", missing));
            return true;
        }
        try {
            begin(draft, step, path);
        } catch (ExpressionException e) {
            draft.end(step, PipelineStepState.PIPELINE_STEP_STATE_FAILED, e.getMessage());
        }
        return true;
    }

    private void begin(RunDraft draft, PipelineStep step, StepPath path) {
        Step declaration = path.declaration(document);
        Evaluation evaluation = Evaluation.ofStep(document, expressions, draft.view(), path);
        if (!path.compensation() && !evaluation.holds(declaration.when())) {
            draft.put(step.toBuilder()
                    .setState(PipelineStepState.PIPELINE_STEP_STATE_SKIPPED)
                    .setResult(StepResult.newBuilder().setSkipped(true))
                    .setMessage("Its condition does not hold"));
            return;
        }
        PipelineStep.Builder begun = step.toBuilder().setStartTime(RunDraft.time(draft.now()));
        Duration timeout = declaration.timeout();
        if (timeout != null && !path.compensation()) {
            begun.setDeadline(RunDraft.time(draft.now().plus(timeout)));
        }
        act(draft, begun.build(), path.action(document), evaluation);
    }

    private void act(RunDraft draft, PipelineStep step, Action action, Evaluation evaluation) {
        switch (action) {
            case RunJob _ -> start(draft, step);
            case Gate gate -> {
                if (evaluation.holds(gate.condition())) {
                    draft.succeed(step, StepResult.newBuilder());
                } else {
                    String reason = gate.reason().text().isEmpty()
                            ? "'" + gate.condition().text() + "' does not hold"
                            : evaluation.text(gate.reason());
                    draft.end(step, PipelineStepState.PIPELINE_STEP_STATE_HELD, reason);
                }
            }
            case Approval approval ->
                draft.put(step.toBuilder()
                        .setState(PipelineStepState.PIPELINE_STEP_STATE_WAITING)
                        .setMessage(evaluation.text(approval.message())));
            case Promote promote -> {
                boolean nothingToRestore = StepPath.parse(step.getId()).compensation()
                        && evaluation.text(promote.version()).isEmpty();
                if (nothingToRestore) {
                    draft.succeed(step, StepResult.newBuilder());
                } else {
                    start(draft, step);
                }
            }
            case Each each -> {
                switch (each.items()) {
                    case Listed listed ->
                        expand(
                                draft,
                                step,
                                evaluation.texts(listed.list()).stream()
                                        .map(text -> DerivedVersion.newBuilder()
                                                .setVersion(text)
                                                .build())
                                        .toList());
                    case Derived _ -> start(draft, step);
                }
            }
        }
    }

    private static void start(RunDraft draft, PipelineStep step) {
        draft.put(step.toBuilder()
                .setState(PipelineStepState.PIPELINE_STEP_STATE_STARTING)
                .setAttempt(1));
    }

    /** The items of an {@code each} are known: its steps are added for each that its condition lets in. */
    void expand(RunDraft draft, PipelineStep step, List<DerivedVersion> found) {
        StepPath path = StepPath.parse(step.getId());
        Each each = (Each) path.action(document);
        Evaluation evaluation = Evaluation.ofStep(document, expressions, draft.view(), path);
        List<DerivedVersion> items;
        try {
            items = found.stream()
                    .filter(item -> evaluation.forItem(item).holds(each.when()))
                    .toList();
        } catch (ExpressionException e) {
            draft.end(step, PipelineStepState.PIPELINE_STEP_STATE_FAILED, e.getMessage());
            return;
        }
        if (items.size() > MAX_ITEMS) {
            draft.end(
                    step,
                    PipelineStepState.PIPELINE_STEP_STATE_FAILED,
                    "There are " + items.size() + " items; " + MAX_ITEMS + " at most: choose fewer with 'when'");
            return;
        }
        List<PipelineStep> more = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            DerivedVersion item = items.get(i);
            RunMachine.steps(path.id() + "/" + i + "/", each.steps())
                    .forEach(inner -> more.add(inner.toBuilder().setItem(item).build()));
        }
        draft.put(step.toBuilder()
                .setState(PipelineStepState.PIPELINE_STEP_STATE_RUNNING)
                .clearMessage()
                .clearItems()
                .addAllItems(items));
        draft.add(more);
    }

    /** Ends an {@code each} once all of its steps have ended. */
    private static boolean group(RunDraft draft, PipelineStep step) {
        List<PipelineStep> children = draft.steps().stream()
                .filter(child -> child.getId().startsWith(step.getId() + "/"))
                .filter(child -> !child.getId().equals(step.getId() + "/compensate"))
                .toList();
        if (!children.stream().allMatch(child -> StepStates.isTerminal(child.getState()))) {
            return false;
        }
        GroupEnd.settle(draft, step, children);
        return true;
    }
}
