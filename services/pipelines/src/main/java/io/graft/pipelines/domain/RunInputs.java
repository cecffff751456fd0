package io.graft.pipelines.domain;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.graft.pipelines.document.InputValues;
import io.graft.pipelines.document.PipelineDocument;
import io.graft.pipelines.document.PipelineDocument.Input;
import io.graft.platform.error.Violations;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The inputs of a run: what is given, and defaults for the rest. */
final class RunInputs {
    private RunInputs() {}

    /** @throws io.graft.platform.error.GraftException {@code INVALID_REQUEST} naming every input that is wrong or absent */
    static Struct fill(PipelineDocument document, Struct given) {
        Violations violations = new Violations();
        Map<String, Input> declared = document.inputs().stream().collect(Collectors.toMap(Input::name, input -> input));
        for (String name : given.getFieldsMap().keySet()) {
            violations.require(
                    declared.containsKey(name),
                    "inputs." + name,
                    "is no input of the pipeline; it has "
                            + declared.keySet().stream().sorted().toList());
        }
        Struct.Builder filled = Struct.newBuilder();
        for (Input input : document.inputs()) {
            Value value = given.getFieldsMap().get(input.name());
            Object converted = value == null ? input.standard() : InputValues.convert(input.type(), plain(value));
            if (converted == null) {
                violations.add(
                        "inputs." + input.name(),
                        value == null
                                ? "is required, as it has no default"
                                : "is not of type " + input.type().name().toLowerCase(Locale.ROOT));
            } else {
                filled.putFields(input.name(), value(converted));
            }
        }
        violations.throwIfAny();
        return filled.build();
    }

    /** A value as a message. */
    static Value value(Object value) {
        return switch (value) {
            case String text -> Value.newBuilder().setStringValue(text).build();
            case Boolean flag -> Value.newBuilder().setBoolValue(flag).build();
            case Number number ->
                Value.newBuilder().setNumberValue(number.doubleValue()).build();
            default -> throw new IllegalArgumentException(Objects.toString(value));
        };
    }

    private static @Nullable Object plain(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case BOOL_VALUE -> value.getBoolValue();
            case NULL_VALUE, STRUCT_VALUE, LIST_VALUE, KIND_NOT_SET -> null;
        };
    }
}
