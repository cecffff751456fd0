package io.graft.gateway.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.graft.gateway.problem.FieldViolation;
import io.graft.gateway.route.Binding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields that a query string sets: scalars and lists of them, also inside messages ({@code a.b=1}). */
final class QueryFields {
    private record Setting(List<FieldDescriptor> path, List<String> values) {
        String name() {
            return String.join(".", path.stream().map(FieldDescriptor::getName).toList());
        }
    }

    private final List<Setting> settings = new ArrayList<>();
    private final List<FieldViolation> unknown = new ArrayList<>();
    private final List<FieldViolation> invalid = new ArrayList<>();

    private QueryFields() {}

    static QueryFields of(Binding binding, Descriptor type, Set<String> fromPath, Map<String, List<String>> query) {
        QueryFields fields = new QueryFields();
        Set<String> seen = new HashSet<>();
        query.forEach((key, values) -> {
            Optional<Setting> setting = resolve(type, key, values);
            if (binding.body().equals("*")) {
                fields.unknown.add(
                        new FieldViolation(key, "is no query parameter here; every field goes into the body"));
            } else if (setting.isEmpty()) {
                fields.unknown.add(new FieldViolation(key, Fields.unknown(type)));
            } else {
                fields.take(binding, setting.get(), fromPath, seen);
            }
        });
        return fields;
    }

    List<FieldViolation> unknown() {
        return List.copyOf(unknown);
    }

    List<FieldViolation> invalid() {
        return List.copyOf(invalid);
    }

    /** Adds the fields to the request's tree. */
    void layInto(JsonObject request) {
        for (Setting setting : settings) {
            JsonObject at = request;
            for (FieldDescriptor step : setting.path().subList(0, setting.path().size() - 1)) {
                JsonElement next = at.get(step.getJsonName());
                if (next == null) {
                    next = new JsonObject();
                    at.add(step.getJsonName(), next);
                }
                at = next.getAsJsonObject();
            }
            FieldDescriptor last = setting.path().getLast();
            at.add(last.getJsonName(), last.isRepeated() ? array(setting.values()) : only(setting.values()));
        }
    }

    private void take(Binding binding, Setting setting, Set<String> fromPath, Set<String> seen) {
        String name = setting.name();
        FieldDescriptor last = setting.path().getLast();
        if (fromPath.contains(name)) {
            invalid.add(new FieldViolation(name, "is taken from the path; leave it out of the query"));
        } else if (setting.path().getFirst().getName().equals(binding.body())) {
            invalid.add(new FieldViolation(name, "goes into the body"));
        } else if (last.isMapField() || !Fields.isScalar(last)) {
            invalid.add(new FieldViolation(name, "is a message or map and can't be given in the query"));
        } else if (!seen.add(name) || (!last.isRepeated() && setting.values().size() > 1)) {
            invalid.add(new FieldViolation(name, "is given twice; keep one"));
        } else {
            settings.add(setting);
        }
    }

    private static Optional<Setting> resolve(Descriptor type, String key, List<String> values) {
        List<FieldDescriptor> path = new ArrayList<>();
        Descriptor level = type;
        String[] names = key.split("\\.", -1);
        for (int i = 0; i < names.length; i++) {
            FieldDescriptor field = Fields.find(level, names[i]);
            boolean last = i == names.length - 1;
            if (field == null || (!last && (Fields.isScalar(field) || Fields.isFree(field) || field.isRepeated()))) {
                return Optional.empty();
            }
            path.add(field);
            if (!last) {
                level = field.getMessageType();
            }
        }
        return Optional.of(new Setting(List.copyOf(path), List.copyOf(values)));
    }

    private static JsonElement only(List<String> values) {
        return new JsonPrimitive(values.getFirst());
    }

    private static JsonArray array(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }
}
