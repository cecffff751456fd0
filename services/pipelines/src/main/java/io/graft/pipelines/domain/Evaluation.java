package io.graft.pipelines.domain;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Value;
import io.graft.pipelines.document.InputValues;
import io.graft.pipelines.document.PipelineDocument;
import io.graft.pipelines.document.PipelineDocument.Input;
import io.graft.pipelines.document.Source;
import io.graft.pipelines.document.Tree;
import io.graft.pipelines.expression.ExpressionException;
import io.graft.pipelines.expression.Expressions;
import io.graft.pipelines.expression.Scope;
import io.graft.pipelines.expression.Template;
import io.graft.v1.DerivedVersion;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineStep;
import io.graft.v1.StepResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Evaluates the expressions of one step of a run. Every method throws {@link ExpressionException} when one fails. */
final class Evaluation {
    private final Expressions expressions;
    private final Scope scope;
    private final Map<String, Object> values;

    private Evaluation(Expressions expressions, Scope scope, Map<String, Object> values) {
        this.expressions = expressions;
        this.scope = scope;
        this.values = Map.copyOf(values);
    }

    /** Of what is known before any step. */
    static Evaluation ofRun(PipelineDocument document, Expressions expressions, PipelineRun run) {
        Map<String, Object> values = new HashMap<>();
        values.put("run", run.getName().substring(run.getName().lastIndexOf('/') + 1));
        values.put(Scopes.CAUSE, run.getCause());
        for (Input input : document.inputs()) {
            values.put("inputs." + input.name(), input(input, run));
        }
        return new Evaluation(expressions, Scopes.run(document), values);
    }

    /** Of a step. */
    static Evaluation ofStep(PipelineDocument document, Expressions expressions, PipelineRun run, StepPath path) {
        Evaluation outer = ofRun(document, expressions, run);
        Map<String, PipelineStep> steps = new HashMap<>();
        run.getStepsList().forEach(step -> steps.put(step.getId(), step));
        if (!path.each().isEmpty()) {
            StepPath each = StepPath.top(path.each());
            outer = outer.seeing(document, each, steps);
            DerivedVersion item = Objects.requireNonNull(steps.get(path.each())).getItems(path.item());
            outer = outer.with(Scopes.item(outer.scope), Scopes.ITEM, item);
        }
        Evaluation inner = outer.seeing(document, path, steps);
        if (!path.compensation()) {
            return inner;
        }
        StepPath own = path.sibling(path.id());
        return inner.with(Scopes.compensation(inner.scope, path.id()), "steps." + path.id(), result(steps, own));
    }

    /** This, for an item of an {@code each}. */
    Evaluation forItem(DerivedVersion item) {
        return with(Scopes.item(scope), Scopes.ITEM, item);
    }

    boolean holds(@Nullable Source condition) {
        return condition == null || Boolean.TRUE.equals(expressions.evaluate(scope, condition.text(), values));
    }

    String text(Source template) {
        return String.valueOf(Template.parse(template.text()).value(expressions, scope, values));
    }

    List<String> texts(Source expression) {
        Object value = expressions.evaluate(scope, expression.text(), values);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw new IllegalStateException("'" + expression.text() + "' was checked to give a list");
    }

    /** A tree with its templates evaluated; keys whose value is null are left out. */
    JsonElement json(Tree tree) {
        return switch (tree) {
            case Tree.Mapping mapping -> {
                JsonObject object = new JsonObject();
                mapping.entries().forEach((key, value) -> {
                    JsonElement element = json(value);
                    if (!element.isJsonNull()) {
                        object.add(key, element);
                    }
                });
                yield object;
            }
            case Tree.Sequence sequence -> {
                JsonArray array = new JsonArray();
                sequence.items().forEach(item -> array.add(json(item)));
                yield array;
            }
            case Tree.Scalar scalar -> scalar(scalar);
        };
    }

    private JsonElement scalar(Tree.Scalar scalar) {
        if (scalar.value() instanceof String text) {
            return Json.of(Template.parse(text).value(expressions, scope, values));
        }
        return scalar.value() == null ? JsonNull.INSTANCE : primitive(scalar.value());
    }

    private static JsonElement primitive(Object value) {
        return value instanceof Boolean flag ? new JsonPrimitive(flag) : new JsonPrimitive((Number) value);
    }

    private Evaluation seeing(PipelineDocument document, StepPath path, Map<String, PipelineStep> steps) {
        List<PipelineDocument.Step> siblings = path.siblings(document);
        PipelineDocument.Step declaration = path.declaration(document);
        Map<String, Object> more = new HashMap<>(values);
        for (String need : Scopes.ancestors(siblings, declaration)) {
            more.put("steps." + need, result(steps, path.sibling(need)));
        }
        return new Evaluation(expressions, Scopes.step(scope, siblings, declaration), more);
    }

    private Evaluation with(Scope wider, String name, Object value) {
        Map<String, Object> more = new HashMap<>(values);
        more.put(name, value);
        return new Evaluation(expressions, wider, more);
    }

    private static StepResult result(Map<String, PipelineStep> steps, StepPath path) {
        PipelineStep step = steps.get(path.toString());
        return step == null ? StepResult.getDefaultInstance() : step.getResult();
    }

    private static Object input(Input input, PipelineRun run) {
        Value value = run.getInputs().getFieldsOrDefault(input.name(), Value.getDefaultInstance());
        Object given = switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case BOOL_VALUE -> value.getBoolValue();
            case NULL_VALUE, STRUCT_VALUE, LIST_VALUE, KIND_NOT_SET -> null;
        };
        return Objects.requireNonNull(InputValues.convert(input.type(), given), input.name());
    }
}
