package io.graft.gateway.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.graft.gateway.problem.FieldViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Finds every value that a message can't take; used once protobuf's parser has refused the whole without saying where. */
final class ValueErrors {
    private final ProtoJson json;
    private final List<FieldViolation> found = new ArrayList<>();

    private ValueErrors(ProtoJson json) {
        this.json = json;
    }

    /** Each bad value with its path; keys must have been checked by {@link JsonShape}. */
    static List<FieldViolation> in(ProtoJson json, Message prototype, JsonObject value) {
        ValueErrors errors = new ValueErrors(json);
        errors.message(prototype, value, "");
        return List.copyOf(errors.found);
    }

    private void message(Message type, JsonObject value, String path) {
        value.entrySet().forEach(entry -> {
            FieldDescriptor field =
                    Objects.requireNonNull(Fields.find(type.getDescriptorForType(), entry.getKey()), "checked key");
            field(type, field, entry.getValue(), Paths.child(path, field.getName()));
        });
    }

    private void field(Message type, FieldDescriptor field, JsonElement value, String path) {
        if (field.isRepeated() && !field.isMapField() && value.isJsonArray()) {
            JsonArray elements = value.getAsJsonArray();
            for (int i = 0; i < elements.size(); i++) {
                JsonArray single = new JsonArray();
                single.add(elements.get(i));
                one(type, field, elements.get(i), single, Paths.element(path, i));
            }
        } else {
            one(type, field, value, value, path);
        }
    }

    private void one(Message type, FieldDescriptor field, JsonElement value, JsonElement asField, String path) {
        boolean deeper = value.isJsonObject() && !field.isMapField() && !Fields.isScalar(field) && !isOpen(field);
        if (deeper) {
            Message nested = type.newBuilderForType().newBuilderForField(field).buildPartial();
            message(nested, value.getAsJsonObject(), path);
            return;
        }
        JsonObject alone = new JsonObject();
        alone.add(field.getJsonName(), asField);
        try {
            json.merge(alone, type.newBuilderForType());
        } catch (InvalidProtocolBufferException e) {
            found.add(new FieldViolation(path, "is no value for this field: " + e.getMessage()));
        }
    }

    private static boolean isOpen(FieldDescriptor field) {
        return Fields.isFree(field) || field.getMessageType().getFullName().equals("google.protobuf.Any");
    }
}
