package io.graft.gateway.message;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How fields of a message are named and nested. */
public final class Fields {
    private static final Set<String> SCALAR_JSON = Set.of(
            "google.protobuf.Timestamp",
            "google.protobuf.Duration",
            "google.protobuf.FieldMask",
            "google.protobuf.DoubleValue",
            "google.protobuf.FloatValue",
            "google.protobuf.Int64Value",
            "google.protobuf.UInt64Value",
            "google.protobuf.Int32Value",
            "google.protobuf.UInt32Value",
            "google.protobuf.BoolValue",
            "google.protobuf.StringValue",
            "google.protobuf.BytesValue");
    private static final Set<String> FREE_JSON =
            Set.of("google.protobuf.Struct", "google.protobuf.Value", "google.protobuf.ListValue");

    private Fields() {}

    /** The field with this name, in proto spelling or lowerCamelCase; null when there is none. */
    public static @Nullable FieldDescriptor find(Descriptor type, String name) {
        FieldDescriptor exact = type.findFieldByName(name);
        if (exact != null) {
            return exact;
        }
        return type.getFields().stream()
                .filter(field -> field.getJsonName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Whether the field's JSON is one scalar, also where proto has a message, such as a Timestamp. */
    public static boolean isScalar(FieldDescriptor field) {
        return field.getJavaType() != JavaType.MESSAGE
                || SCALAR_JSON.contains(field.getMessageType().getFullName());
    }

    /** Whether the field takes any JSON: Struct, Value, ListValue. */
    public static boolean isFree(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE
                && FREE_JSON.contains(field.getMessageType().getFullName());
    }

    /** What to say about a key that no field has. */
    static String unknown(Descriptor type) {
        String names =
                type.getFields().stream().map(FieldDescriptor::getJsonName).collect(Collectors.joining(", "));
        return "is not a field of " + type.getName() + ", which has: " + names;
    }
}
