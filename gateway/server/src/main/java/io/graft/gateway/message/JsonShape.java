package io.graft.gateway.message;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import io.graft.gateway.problem.FieldViolation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares JSON with the message it is to become and collects every difference, where protobuf's own parser stops at
 * the first.
 */
final class JsonShape {
    private final ProtoJson json;
    private final List<FieldViolation> unknown = new ArrayList<>();
    private final List<FieldViolation> invalid = new ArrayList<>();

    private JsonShape(ProtoJson json) {
        this.json = json;
    }

    /** What is wrong with the keys of {@code value}. */
    static JsonShape of(ProtoJson json, Descriptor type, JsonObject value) {
        JsonShape shape = new JsonShape(json);
        shape.message(type, value, "");
        return shape;
    }

    /** Keys that no field has. */
    List<FieldViolation> unknown() {
        return List.copyOf(unknown);
    }

    /**
     * Fields set twice (in both spellings, or two of one {@code oneof}), and scalars of a JSON type that protobuf's parser
     * would bend: a number for a string, a list of one for its element.
     */
    List<FieldViolation> invalid() {
        return List.copyOf(invalid);
    }

    private void message(Descriptor type, JsonObject value, String path) {
        Set<FieldDescriptor> seen = new HashSet<>();
        Map<OneofDescriptor, FieldDescriptor> chosen = new HashMap<>();
        value.entrySet().forEach(entry -> {
            FieldDescriptor field = Fields.find(type, entry.getKey());
            if (field == null) {
                unknown.add(new FieldViolation(Paths.child(path, entry.getKey()), Fields.unknown(type)));
                return;
            }
            String at = Paths.child(path, field.getName());
            if (!seen.add(field)) {
                invalid.add(new FieldViolation(at, "is given in both spellings; keep " + field.getJsonName()));
            }
            oneof(field, entry.getValue(), at, chosen);
            field(field, entry.getValue(), at);
        });
    }

    private void oneof(
            FieldDescriptor field, JsonElement value, String path, Map<OneofDescriptor, FieldDescriptor> chosen) {
        OneofDescriptor oneof = field.getRealContainingOneof();
        if (oneof == null || value.isJsonNull()) {
            return;
        }
        FieldDescriptor other = chosen.putIfAbsent(oneof, field);
        if (other != null && !other.equals(field)) {
            invalid.add(new FieldViolation(path, "can't be given together with " + other.getName()));
        }
    }

    private void field(FieldDescriptor field, JsonElement value, String path) {
        if (Fields.isFree(field)) {
            return;
        }
        if (field.isMapField() && value.isJsonObject()) {
            FieldDescriptor entry = field.getMessageType().findFieldByName("value");
            value.getAsJsonObject().entrySet().forEach(e -> field(entry, e.getValue(), Paths.child(path, e.getKey())));
        } else if (field.isRepeated() && value.isJsonArray()) {
            for (int i = 0; i < value.getAsJsonArray().size(); i++) {
                nested(field, value.getAsJsonArray().get(i), Paths.element(path, i));
            }
        } else if (!field.isRepeated()) {
            nested(field, value, path);
        }
    }

    private void nested(FieldDescriptor field, JsonElement value, String path) {
        if (Fields.isScalar(field)) {
            scalar(field, value, path);
        }
        if (Fields.isScalar(field) || !value.isJsonObject()) {
            return;
        }
        JsonObject object = value.getAsJsonObject();
        if (!field.getMessageType().getFullName().equals("google.protobuf.Any")) {
            message(field.getMessageType(), object, path);
            return;
        }
        Descriptor packed = packed(object);
        if (packed != null) {
            JsonObject rest = object.deepCopy();
            rest.remove("@type");
            message(packed, rest, path);
        }
    }

    private void scalar(FieldDescriptor field, JsonElement value, String path) {
        boolean text = field.getJavaType() == JavaType.STRING;
        boolean fits =
                value.isJsonPrimitive() && (!text || value.getAsJsonPrimitive().isString());
        if (!fits && !value.isJsonNull()) {
            invalid.add(new FieldViolation(path, text ? "must be a JSON string" : "must be a single JSON value"));
        }
    }

    private @Nullable Descriptor packed(JsonObject any) {
        JsonElement type = any.get("@type");
        return type == null || !type.isJsonPrimitive() ? null : json.find(type.getAsString());
    }
}
