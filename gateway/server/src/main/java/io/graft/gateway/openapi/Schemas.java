package io.graft.gateway.openapi;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** JSON Schemas of the messages that are used, as components. */
final class Schemas {
    private final Comments comments;
    private final Map<String, JsonObject> components = new TreeMap<>();
    private final Map<String, String> owners = new LinkedHashMap<>();

    Schemas(Comments comments) {
        this.comments = comments;
    }

    /** The components that were referred to, by name. */
    JsonObject components() {
        JsonObject all = new JsonObject();
        components.forEach(all::add);
        return all;
    }

    /** An object with the fields of {@code type} except those in {@code without}; unknown keys are refused. */
    JsonObject requestBody(Descriptor type, Set<String> without) {
        List<FieldDescriptor> fields = type.getFields().stream()
                .filter(field -> !without.contains(field.getName()))
                .toList();
        JsonObject schema = object(fields);
        schema.addProperty("additionalProperties", false);
        return Json.described(schema, comments.of(type));
    }

    /** A reference to the component of {@code type}; well-known types are written out. */
    JsonObject message(Descriptor type) {
        return switch (type.getFullName()) {
            case "google.protobuf.Timestamp" -> Json.object("type", "string", "format", "date-time");
            case "google.protobuf.Duration" -> Json.object("type", "string", "pattern", "^-?[0-9]+(\\.[0-9]+)?s$");
            case "google.protobuf.FieldMask" -> Json.object("type", "string");
            case "google.protobuf.Struct", "google.protobuf.Empty" -> Json.object("type", "object");
            case "google.protobuf.Value" -> new JsonObject();
            case "google.protobuf.Any" -> any();
            default -> component(type);
        };
    }

    JsonObject field(FieldDescriptor field) {
        JsonObject schema = fieldType(field);
        String oneof = field.getRealContainingOneof() == null
                ? ""
                : "\n\nOnly one of: "
                        + field.getRealContainingOneof().getFields().stream()
                                .map(FieldDescriptor::getJsonName)
                                .collect(Collectors.joining(", "))
                        + ".";
        return Json.described(schema, comments.of(field) + oneof);
    }

    /** Whether a request must have the field. */
    static boolean isRequired(FieldDescriptor field) {
        return field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior).contains(FieldBehavior.REQUIRED);
    }

    private JsonObject fieldType(FieldDescriptor field) {
        if (field.isMapField()) {
            JsonObject values = single(field.getMessageType().findFieldByName("value"));
            return Json.with(Json.object("type", "object"), "additionalProperties", values);
        }
        return field.isRepeated() ? Json.with(Json.object("type", "array"), "items", single(field)) : single(field);
    }

    private JsonObject single(FieldDescriptor field) {
        return switch (field.getType()) {
            case DOUBLE -> Json.object("type", "number", "format", "double");
            case FLOAT -> Json.object("type", "number", "format", "float");
            case INT32, SINT32, SFIXED32 -> Json.object("type", "integer", "format", "int32");
            case UINT32, FIXED32 -> Json.object("type", "integer", "format", "uint32");
            case INT64, SINT64, SFIXED64 -> Json.object("type", "string", "format", "int64");
            case UINT64, FIXED64 -> Json.object("type", "string", "format", "uint64");
            case BOOL -> Json.object("type", "boolean");
            case STRING -> Json.object("type", "string");
            case BYTES -> Json.object("type", "string", "contentEncoding", "base64");
            case ENUM -> enumeration(field.getEnumType());
            case MESSAGE, GROUP -> message(field.getMessageType());
        };
    }

    private JsonObject component(Descriptor type) {
        String name = claim(type, type.getName());
        if (!components.containsKey(name)) {
            components.put(name, new JsonObject());
            components.put(name, Json.described(object(type.getFields()), comments.of(type)));
        }
        return Json.reference(name);
    }

    private JsonObject enumeration(EnumDescriptor type) {
        String name = claim(type, type.getName());
        if (!components.containsKey(name)) {
            JsonObject schema = Json.object("type", "string");
            schema.add(
                    "enum",
                    Json.strings(type.getValues().stream()
                            .map(EnumValueDescriptor::getName)
                            .toList()));
            String values = type.getValues().stream()
                    .map(value -> "\n- `" + value.getName() + "`: " + comments.of(value))
                    .collect(Collectors.joining());
            components.put(name, Json.described(schema, comments.of(type) + "\n" + values));
        }
        return Json.reference(name);
    }

    private JsonObject object(List<FieldDescriptor> fields) {
        JsonObject properties = new JsonObject();
        fields.forEach(field -> properties.add(field.getJsonName(), field(field)));
        JsonObject schema = Json.with(Json.object("type", "object"), "properties", properties);
        List<String> required = fields.stream()
                .filter(Schemas::isRequired)
                .map(FieldDescriptor::getJsonName)
                .toList();
        if (!required.isEmpty()) {
            schema.add("required", Json.strings(required));
        }
        return schema;
    }

    private String claim(GenericDescriptor type, String name) {
        String owner = owners.putIfAbsent(name, type.getFullName());
        if (owner != null && !owner.equals(type.getFullName())) {
            throw new IllegalStateException(owner + " and " + type.getFullName() + " would share a schema name");
        }
        return name;
    }

    private static JsonObject any() {
        JsonObject type = Json.object(
                "type",
                "string",
                "description",
                "Type of the message, for example `type.googleapis.com/graft.v1.GraftSpec`.");
        JsonObject schema =
                Json.with(Json.object("type", "object"), "properties", Json.with(new JsonObject(), "@type", type));
        schema.add("required", Json.strings(List.of("@type")));
        return schema;
    }
}
