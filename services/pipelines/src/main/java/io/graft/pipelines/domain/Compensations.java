package io.graft.pipelines.domain;

import io.graft.pipelines.document.PipelineDocument;
import io.graft.pipelines.document.PipelineDocument.Action;
import io.graft.v1.PipelineStep;
import io.graft.v1.PipelineStepState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Undoing: once every step of a list has ended and one of them failed, was held or rejected, the steps of that list that
 * succeeded and say how are undone, the last one first. One item of an {@code each} undoes nothing of another.
 */
final class Compensations {
    private Compensations() {}

    /** @return whether any was added */
    static boolean add(RunDraft draft, PipelineDocument document) {
        Map<String, List<PipelineStep>> lists = new LinkedHashMap<>();
        for (PipelineStep step : draft.steps()) {
            lists.computeIfAbsent(StepPath.parse(step.getId()).prefix(), prefix -> new ArrayList<>())
                    .add(step);
        }
        boolean added = false;
        for (List<PipelineStep> list : lists.values()) {
            boolean over = list.stream().allMatch(step -> StepStates.isTerminal(step.getState()));
            boolean begun =
                    list.stream().anyMatch(step -> StepPath.parse(step.getId()).compensation());
            boolean setBack = list.stream().anyMatch(step -> StepStates.isSetback(step.getState()));
            if (over && setBack && !begun) {
                List<PipelineStep> undo = undo(list, document);
                draft.add(undo);
                added |= !undo.isEmpty();
            }
        }
        return added;
    }

    private static List<PipelineStep> undo(List<PipelineStep> list, PipelineDocument document) {
        List<PipelineStep> done = new ArrayList<>(list.stream()
                .filter(step -> step.getState() == PipelineStepState.PIPELINE_STEP_STATE_SUCCEEDED)
                .sorted(Comparator.comparing(step -> RunDraft.instant(step.getEndTime())))
                .toList());
        Collections.reverse(done);
        List<PipelineStep> undo = new ArrayList<>();
        for (PipelineStep step : done) {
            StepPath path = StepPath.parse(step.getId());
            Action action = path.declaration(document).compensate();
            if (action != null) {
                PipelineStep.Builder next = PipelineStep.newBuilder()
                        .setId(path.undo().toString())
                        .setType(action.type())
                        .setItem(step.getItem())
                        .setState(PipelineStepState.PIPELINE_STEP_STATE_PENDING);
                if (!undo.isEmpty()) {
                    next.addNeeds(undo.getLast().getId());
                }
                if (!step.hasItem()) {
                    next.clearItem();
                }
                undo.add(next.build());
            }
        }
        return undo;
    }
}
