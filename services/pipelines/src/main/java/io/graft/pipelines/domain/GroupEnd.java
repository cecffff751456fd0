package io.graft.pipelines.domain;

import io.graft.v1.PipelineStep;
import io.graft.v1.PipelineStepState;
import io.graft.v1.StepResult;
import java.util.ArrayList;
import java.util.List;

/** How an {@code each} ends: by the worst of its items. */
final class GroupEnd {
    private GroupEnd() {}

    static void settle(RunDraft draft, PipelineStep each, List<PipelineStep> children) {
        int failed = 0;
        int held = 0;
        int cancelled = 0;
        List<String> why = new ArrayList<>();
        for (int item = 0; item < each.getItemsCount(); item++) {
            String prefix = each.getId() + "/" + item + "/";
            List<PipelineStep> steps = children.stream()
                    .filter(child -> child.getId().startsWith(prefix))
                    .toList();
            if (any(steps, PipelineStepState.PIPELINE_STEP_STATE_FAILED)) {
                failed++;
            } else if (steps.stream().anyMatch(step -> StepStates.isHeld(step.getState()))) {
                held++;
            } else if (any(steps, PipelineStepState.PIPELINE_STEP_STATE_CANCELLED)) {
                cancelled++;
            }
            steps.stream()
                    .filter(step -> StepStates.isSetback(step.getState()))
                    .findFirst()
                    .ifPresent(step -> why.add(step.getId() + ": " + step.getMessage()));
        }
        int succeeded = each.getItemsCount() - failed - held - cancelled;
        StepResult.Builder result = StepResult.newBuilder()
                .putMetrics("items", each.getItemsCount())
                .putMetrics("succeeded", succeeded)
                .putMetrics("held", held)
                .putMetrics("failed", failed);
        if (succeeded == each.getItemsCount()) {
            draft.succeed(each, result);
            return;
        }
        PipelineStepState state = failed > 0
                ? PipelineStepState.PIPELINE_STEP_STATE_FAILED
                : cancelled > 0
                        ? PipelineStepState.PIPELINE_STEP_STATE_CANCELLED
                        : PipelineStepState.PIPELINE_STEP_STATE_HELD;
        draft.put(each.toBuilder().setState(state).setResult(result).setMessage(String.join("; ", why)));
    }

    private static boolean any(List<PipelineStep> steps, PipelineStepState state) {
        return steps.stream().anyMatch(step -> step.getState() == state);
    }
}
