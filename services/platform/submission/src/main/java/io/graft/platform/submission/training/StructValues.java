package io.graft.platform.submission.training;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.graft.platform.methods.NameSelection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parameters of methods as protobuf values, and back. */
final class StructValues {
    private StructValues() {}

    /** Numbers are {@link Double}, lists {@link List}, objects {@link Map}; null stays null. */
    static Map<String, @Nullable Object> toMap(Struct struct) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        struct.getFieldsMap().forEach((name, value) -> map.put(name, toObject(value)));
        return map;
    }

    /** The values that checked parameters have; null stays out. */
    static Struct toStruct(Map<String, ?> values) {
        Struct.Builder struct = Struct.newBuilder();
        values.forEach((name, value) -> struct.putFields(name, toValue(value)));
        return struct.build();
    }

    private static @Nullable Object toObject(Value value) {
        return switch (value.getKindCase()) {
            case NULL_VALUE, KIND_NOT_SET -> null;
            case NUMBER_VALUE -> value.getNumberValue();
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case STRUCT_VALUE -> toMap(value.getStructValue());
            case LIST_VALUE ->
                value.getListValue().getValuesList().stream()
                        .map(StructValues::toObject)
                        .toList();
        };
    }

    private static Value toValue(Object value) {
        Value.Builder result = Value.newBuilder();
        return switch (value) {
            case Number number -> result.setNumberValue(number.doubleValue()).build();
            case String text -> result.setStringValue(text).build();
            case Boolean truth -> result.setBoolValue(truth).build();
            case List<?> list -> result.setListValue(toList(list)).build();
            case NameSelection selection ->
                selection.text() == null ? toValue(selection.names()) : toValue(selection.text());
            case Map<?, ?> map -> {
                Map<String, Object> named = new LinkedHashMap<>();
                map.forEach((key, each) -> named.put((String) key, Objects.requireNonNull(each)));
                yield result.setStructValue(toStruct(named)).build();
            }
            default -> throw new IllegalStateException(value.getClass() + " is no parameter's type");
        };
    }

    private static ListValue toList(List<?> list) {
        return ListValue.newBuilder()
                .addAllValues(list.stream().map(StructValues::toValue).toList())
                .build();
    }
}
