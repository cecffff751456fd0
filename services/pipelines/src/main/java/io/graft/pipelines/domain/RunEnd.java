package io.graft.pipelines.domain;

import io.graft.v1.PipelineRunState;
import io.graft.v1.PipelineStep;
import io.graft.v1.PipelineStepState;
import java.util.List;

/** Where a run stands, by its steps. */
final class RunEnd {
    private RunEnd() {}

    static void settle(RunDraft draft) {
        List<PipelineStep> top = draft.steps().stream()
                .filter(step -> StepPath.parse(step.getId()).each().isEmpty())
                .toList();
        boolean over = draft.steps().stream().allMatch(step -> StepStates.isTerminal(step.getState()));
        if (!over) {
            boolean busy = draft.steps().stream().anyMatch(RunEnd::isBusy);
            draft.run()
                    .setState(
                            busy
                                    ? PipelineRunState.PIPELINE_RUN_STATE_RUNNING
                                    : PipelineRunState.PIPELINE_RUN_STATE_WAITING);
            return;
        }
        draft.run().setEndTime(RunDraft.time(draft.now()));
        draft.run().setState(end(top));
        if (draft.run().getMessage().isEmpty()) {
            top.stream()
                    .filter(step -> StepStates.isSetback(step.getState()))
                    .findFirst()
                    .ifPresent(step -> draft.run().setMessage(step.getId() + ": " + step.getMessage()));
        }
    }

    private static PipelineRunState end(List<PipelineStep> top) {
        if (top.stream().anyMatch(step -> step.getState() == PipelineStepState.PIPELINE_STEP_STATE_FAILED)) {
            return PipelineRunState.PIPELINE_RUN_STATE_FAILED;
        }
        if (top.stream().anyMatch(step -> step.getState() == PipelineStepState.PIPELINE_STEP_STATE_CANCELLED)) {
            return PipelineRunState.PIPELINE_RUN_STATE_CANCELLED;
        }
        return top.stream().anyMatch(step -> StepStates.isHeld(step.getState()))
                ? PipelineRunState.PIPELINE_RUN_STATE_HELD
                : PipelineRunState.PIPELINE_RUN_STATE_SUCCEEDED;
    }

    /** Whether something is at work in it; a group is as busy as its steps. */
    private static boolean isBusy(PipelineStep step) {
        return switch (step.getState()) {
            case PIPELINE_STEP_STATE_STARTING, PIPELINE_STEP_STATE_STOPPING -> true;
            case PIPELINE_STEP_STATE_RUNNING -> !step.getType().equals("each");
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
        };
    }
}
