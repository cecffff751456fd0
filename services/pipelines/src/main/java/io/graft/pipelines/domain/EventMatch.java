package io.graft.pipelines.domain;

import com.google.protobuf.Message;
import io.graft.pipelines.document.EventKinds;
import io.graft.pipelines.document.PipelineDocument.EventPattern;
import io.graft.pipelines.document.Source;
import io.graft.pipelines.expression.Expressions;
import io.graft.pipelines.expression.Scope;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.AliasName;
import io.graft.platform.resource.ResourceName.DatasetName;
import io.graft.platform.resource.ResourceName.DatasetVersionName;
import io.graft.platform.resource.ResourceName.ModelName;
import io.graft.platform.resource.ResourceName.ModelVersionName;
import java.util.Map;

/** Whether an event is one that a document means. */
final class EventMatch {
    private EventMatch() {}

    /** @throws io.graft.pipelines.expression.ExpressionException when the condition fails with this event */
    static boolean matches(Expressions expressions, EventPattern pattern, Message event) {
        if (!event.getDescriptorForType().getName().equals(pattern.type()) || !names(pattern, event)) {
            return false;
        }
        Source when = pattern.when();
        return when == null
                || Boolean.TRUE.equals(expressions.evaluate(scope(pattern), when.text(), Map.of(Scopes.EVENT, event)));
    }

    /** What the event has in common with those that it is joined with. */
    static String key(Expressions expressions, EventPattern pattern, Message event) {
        Source key = pattern.key();
        return key == null
                ? ""
                : String.valueOf(expressions.evaluate(scope(pattern), key.text(), Map.of(Scopes.EVENT, event)));
    }

    private static Scope scope(EventPattern pattern) {
        return Scopes.event(pattern.type());
    }

    private static boolean names(EventPattern pattern, Message event) {
        if (pattern.model().isEmpty()
                && pattern.alias().isEmpty()
                && pattern.dataset().isEmpty()) {
            return true;
        }
        ResourceName resource = ResourceName.parse("event", EventKinds.resource(event));
        return switch (resource) {
            case AliasName alias ->
                fits(pattern.model(), alias.model().model()) && fits(pattern.alias(), alias.alias());
            case ModelVersionName version ->
                fits(pattern.model(), version.model().model());
            case ModelName model -> fits(pattern.model(), model.model());
            case DatasetVersionName version ->
                fits(pattern.dataset(), version.dataset().dataset());
            case DatasetName dataset -> fits(pattern.dataset(), dataset.dataset());
            default -> false;
        };
    }

    private static boolean fits(String wanted, String found) {
        return wanted.isEmpty() || wanted.equals(found);
    }
}
