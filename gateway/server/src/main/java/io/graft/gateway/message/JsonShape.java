package io.graft.gateway.message;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
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
    private final List<FieldViolation> conflicts = new ArrayList<>();

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

    /** Fields set twice: in both spellings, or two of one {@code oneof}. */
    List<FieldViolation> conflicts() {
        return List.copyOf(conflicts);
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
                conflicts.add(new FieldViolation(at, "is given in both spellings; keep " + field.getJsonName()));
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
            conflicts.add(new FieldViolation(path, "can't be given together with " + other.getName()));
        }
    }

    private void field(FieldDescriptor field, JsonElement value, String path) {
        if (Fields.isScalar(field) && !field.isMapField() || Fields.isFree(field)) {
            return;
        }
        if (field.isMapField() && value.isJsonObject()) {
            FieldDescriptor entry = field.getMessageType().findFieldByName("value");
            value.getAsJsonObject().entrySet().forEach(e -> field(entry, e.getValue(), Paths.child(path, e.getKey())));
        } else if (field.isRepeated() && value.isJsonArray()) {
            for (int i = 0; i < value.getAsJsonArray().size(); i++) {
                nested(field, value.getAsJsonArray().get(i), Paths.element(path, i));
            }
        } else {
            nested(field, value, path);
        }
    }

    private void nested(FieldDescriptor field, JsonElement value, String path) {
        if (!value.isJsonObject()) {
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

    private @Nullable Descriptor packed(JsonObject any) {
        JsonElement type = any.get("@type");
        return type == null || !type.isJsonPrimitive() ? null : json.find(type.getAsString());
    }
}
