package io.graft.engine.worker.training;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.graft.v1.MethodChoice;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a choice as the catalogue's methods take them. */
public final class MethodParams {
    private MethodParams() {}

    /** By name, nested ones too. */
    public static Map<String, @Nullable Object> of(MethodChoice choice) {
        return map(choice.getParams());
    }

    private static Map<String, @Nullable Object> map(Struct struct) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        struct.getFieldsMap().forEach((name, value) -> values.put(name, plain(value)));
        return values;
    }

    private static @Nullable Object plain(Value value) {
        return switch (value.getKindCase()) {
            case NUMBER_VALUE -> value.getNumberValue();
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case STRUCT_VALUE -> map(value.getStructValue());
            case LIST_VALUE ->
                value.getListValue().getValuesList().stream()
                        .map(MethodParams::plain)
                        .toList();
            case NULL_VALUE, KIND_NOT_SET -> null;
        };
    }
}
