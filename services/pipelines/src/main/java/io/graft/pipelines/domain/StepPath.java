package io.graft.pipelines.domain;

import io.graft.pipelines.document.PipelineDocument;
import io.graft.pipelines.document.PipelineDocument.Action;
import io.graft.pipelines.document.PipelineDocument.Each;
import io.graft.pipelines.document.PipelineDocument.Step;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which step of a run: {@code id}, {@code each/item/id}, either followed by {@code /compensate}.
 *
 * @param each the step whose item it is for; empty at the top
 * @param item position of the item; 0 at the top
 * @param id id in the document
 * @param compensation whether it undoes the step
 */
record StepPath(String each, int item, String id, boolean compensation) {
    private static final String COMPENSATE = "/compensate";

    static StepPath parse(String text) {
        boolean compensation = text.endsWith(COMPENSATE);
        String step = compensation ? text.substring(0, text.length() - COMPENSATE.length()) : text;
        int first = step.indexOf('/');
        if (first < 0) {
            return new StepPath("", 0, step, compensation);
        }
        int second = step.indexOf('/', first + 1);
        return new StepPath(
                step.substring(0, first),
                Integer.parseInt(step.substring(first + 1, second)),
                step.substring(second + 1),
                compensation);
    }

    /** A step of the top list. */
    static StepPath top(String id) {
        return new StepPath("", 0, id, false);
    }

    /** A step of the same list and item. */
    StepPath sibling(String other) {
        return new StepPath(each, item, other, false);
    }

    /** What undoes it. */
    StepPath undo() {
        return new StepPath(each, item, id, true);
    }

    /** What the ids of all steps of the same list and item begin with. */
    String prefix() {
        return each.isEmpty() ? "" : each + "/" + item + "/";
    }

    /** The list that it stands in. */
    List<Step> siblings(PipelineDocument document) {
        if (each.isEmpty()) {
            return document.steps();
        }
        return ((Each) find(document.steps(), each).action()).steps();
    }

    /** What the document says about it. */
    Step declaration(PipelineDocument document) {
        return find(siblings(document), id);
    }

    /** What it does. */
    Action action(PipelineDocument document) {
        Step step = declaration(document);
        return compensation ? Objects.requireNonNull(step.compensate()) : step.action();
    }

    private static Step find(List<Step> steps, String id) {
        @Nullable Step found = null;
        for (Step step : steps) {
            if (step.id().equals(id)) {
                found = step;
            }
        }
        if (found == null) {
            throw new IllegalStateException("A run names the step " + id + ", which its document lacks");
        }
        return found;
    }

    @Override
    public String toString() {
        return prefix() + id + (compensation ? COMPENSATE : "");
    }
}
