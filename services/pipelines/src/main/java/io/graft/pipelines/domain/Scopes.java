package io.graft.pipelines.domain;

import io.graft.pipelines.document.EventKinds;
import io.graft.pipelines.document.PipelineDocument;
import io.graft.pipelines.document.PipelineDocument.Input;
import io.graft.pipelines.document.PipelineDocument.InputType;
import io.graft.pipelines.document.PipelineDocument.OnAll;
import io.graft.pipelines.document.PipelineDocument.OnEvent;
import io.graft.pipelines.document.PipelineDocument.OnSchedule;
import io.graft.pipelines.document.PipelineDocument.Step;
import io.graft.pipelines.document.PipelineDocument.Trigger;
import io.graft.pipelines.expression.Scope;
import io.graft.pipelines.expression.Type;
import io.graft.v1.DerivedVersion;
import io.graft.v1.PipelineCause;
import io.graft.v1.StepResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which variables an expression may use, by where it stands. */
final class Scopes {
    static final String EVENT = "event";
    static final String ITEM = "item";
    static final String CAUSE = "cause";

    private Scopes() {}

    /** Of a condition on an event. */
    static Scope event(String type) {
        return Scope.empty().with(EVENT, new Type.Of(EventKinds.prototype(type).getDescriptorForType()));
    }

    /** Of the inputs that a trigger gives. */
    static Scope trigger(Trigger trigger) {
        return switch (trigger) {
            case OnEvent on -> event(on.event().type());
            case OnAll all -> {
                Scope scope = Scope.empty();
                for (Map.Entry<String, PipelineDocument.EventPattern> event :
                        all.events().entrySet()) {
                    scope = scope.with(
                            "events." + event.getKey(),
                            new Type.Of(EventKinds.prototype(event.getValue().type())
                                    .getDescriptorForType()));
                }
                yield scope;
            }
            case OnSchedule _ -> Scope.empty().with(CAUSE, new Type.Of(PipelineCause.getDescriptor()));
        };
    }

    /** Of what is known before any step. */
    static Scope run(PipelineDocument document) {
        Scope scope = Scope.empty()
                .with(CAUSE, new Type.Of(PipelineCause.getDescriptor()))
                .with("run", new Type.Text());
        for (Input input : document.inputs()) {
            scope = scope.with("inputs." + input.name(), type(input.type()));
        }
        return scope;
    }

    /** The scope of an outer list, with what a step waits for. */
    static Scope step(Scope outer, List<Step> siblings, Step step) {
        Scope scope = outer;
        for (String need : ancestors(siblings, step)) {
            scope = scope.with("steps." + need, result());
        }
        return scope;
    }

    /** Of the steps of an {@code each}. */
    static Scope item(Scope each) {
        return each.with(ITEM, new Type.Of(DerivedVersion.getDescriptor()));
    }

    /** Of a compensation: its step's own result too. */
    static Scope compensation(Scope step, String id) {
        return step.with("steps." + id, result());
    }

    static Type type(InputType type) {
        return switch (type) {
            case STRING -> new Type.Text();
            case INT -> new Type.Whole();
            case DOUBLE -> new Type.Decimal();
            case BOOL -> new Type.Flag();
        };
    }

    /** Every step that a step waits for, directly or not. */
    static Set<String> ancestors(List<Step> siblings, Step step) {
        Set<String> found = new LinkedHashSet<>();
        for (String need : step.needs()) {
            found.add(need);
            siblings.stream()
                    .filter(sibling -> sibling.id().equals(need))
                    .forEach(sibling -> found.addAll(ancestors(siblings, sibling)));
        }
        return found;
    }

    private static Type result() {
        return new Type.Of(StepResult.getDescriptor());
    }
}
