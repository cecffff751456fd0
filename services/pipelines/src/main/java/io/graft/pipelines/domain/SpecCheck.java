package io.graft.pipelines.domain;

import com.google.gson.JsonElement;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.graft.pipelines.document.Problems;
import io.graft.pipelines.document.Tree;
import io.graft.pipelines.expression.ExpressionException;
import io.graft.pipelines.expression.Expressions;
import io.graft.pipelines.expression.Scope;
import io.graft.pipelines.expression.Template;
import io.graft.pipelines.expression.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a specification with the message that it is to be: every key is a field, every literal a value that the field takes,
 * and every expression gives one. What the fields allow together is for the service to say.
 */
final class SpecCheck {
    /** Messages whose JSON has a form of its own. */
    private static final Set<String> FREE = Set.of(
            "google.protobuf.Struct", "google.protobuf.Value", "google.protobuf.ListValue", "google.protobuf.Any");

    private final Problems problems;
    private final Expressions expressions;
    private final Scope scope;

    SpecCheck(Problems problems, Expressions expressions, Scope scope) {
        this.problems = problems;
        this.expressions = expressions;
        this.scope = scope;
    }

    void message(Tree tree, Descriptor message) {
        if (FREE.contains(message.getFullName()) || message.getFullName().startsWith("google.protobuf.")) {
            free(tree);
            return;
        }
        if (!(tree instanceof Tree.Mapping mapping)) {
            problems.add(tree.place(), "is a mapping with fields of " + message.getName() + ", not " + tree.kind());
            return;
        }
        mapping.entries().forEach((name, value) -> {
            FieldDescriptor field = field(message, name);
            if (field == null) {
                problems.add(
                        value.place(),
                        "is no field of " + message.getName() + "; fields are "
                                + String.join(
                                        ", ",
                                        message.getFields().stream()
                                                .map(FieldDescriptor::getName)
                                                .toList()));
            } else {
                field(message, field, value);
            }
        });
    }

    private void field(Descriptor message, FieldDescriptor field, Tree value) {
        if (field.isMapField()) {
            map(field, value);
        } else if (field.isRepeated()) {
            list(message, field, value);
        } else {
            single(message, field, value);
        }
    }

    private void map(FieldDescriptor field, Tree value) {
        if (!(value instanceof Tree.Mapping mapping)) {
            problems.add(value.place(), "is a mapping, not " + value.kind());
            return;
        }
        FieldDescriptor element = field.getMessageType().findFieldByName("value");
        mapping.entries().forEach((key, item) -> single(field.getMessageType(), element, item));
    }

    private void list(Descriptor message, FieldDescriptor field, Tree value) {
        if (value instanceof Tree.Sequence sequence) {
            sequence.items().forEach(item -> single(message, field, item));
        } else if (!checkedAsExpression(value, new Type.Any())) {
            problems.add(value.place(), "is a list, not " + value.kind());
        }
    }

    private void single(Descriptor message, FieldDescriptor field, Tree value) {
        if (field.getJavaType() == JavaType.MESSAGE) {
            message(value, field.getMessageType());
        } else if (!(value instanceof Tree.Scalar scalar)) {
            problems.add(value.place(), "is a single value, not " + value.kind());
        } else if (!checkedAsExpression(value, wanted(field))) {
            literal(message, field, scalar);
        }
    }

    /** Any JSON; only its expressions are looked at. */
    private void free(Tree tree) {
        switch (tree) {
            case Tree.Mapping mapping -> mapping.entries().values().forEach(this::free);
            case Tree.Sequence sequence -> sequence.items().forEach(this::free);
            case Tree.Scalar scalar -> checkedAsExpression(scalar, new Type.Any());
        }
    }

    /** @return whether it holds an expression, or is so wrong that there is nothing more to say */
    private boolean checkedAsExpression(Tree value, Type wanted) {
        if (!(value instanceof Tree.Scalar scalar) || !(scalar.value() instanceof String text)) {
            return false;
        }
        try {
            Template template = Template.parse(text);
            if (template.isLiteral()) {
                return false;
            }
            template.check(expressions, scope, template.isExpression() ? wanted : new Type.Any());
        } catch (ExpressionException e) {
            problems.add(value.place(), e.getMessage());
        }
        return true;
    }

    private void literal(Descriptor message, FieldDescriptor field, Tree.Scalar value) {
        JsonElement json = Json.of(value);
        String text = "{\"" + field.getName() + "\": " + (field.isRepeated() ? "[" + json + "]" : json) + "}";
        try {
            JsonFormat.parser().merge(text, DynamicMessage.newBuilder(message));
        } catch (InvalidProtocolBufferException e) {
            problems.add(value.place(), "can't be " + value.text() + ": " + e.getMessage());
        }
    }

    private static Type wanted(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT, LONG -> new Type.Whole();
            case FLOAT, DOUBLE -> new Type.Decimal();
            case BOOLEAN -> new Type.Flag();
            case STRING, ENUM -> new Type.Text();
            case BYTE_STRING, MESSAGE -> new Type.Any();
        };
    }

    private static @Nullable FieldDescriptor field(Descriptor message, String name) {
        return message.getFields().stream()
                .filter(field ->
                        field.getName().equals(name) || field.getJsonName().equals(name))
                .findFirst()
                .orElse(null);
    }
}
