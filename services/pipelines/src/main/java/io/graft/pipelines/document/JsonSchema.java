package io.graft.pipelines.document;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The published JSON Schema of documents, draft 2020-12. */
public final class JsonSchema {
    private final Map<String, JsonObject> definitions = new LinkedHashMap<>();

    private JsonSchema() {}

    /** The schema as JSON text. */
    public static String text() {
        JsonSchema schema = new JsonSchema();
        JsonObject root = new JsonObject();
        root.addProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.addProperty("title", "A pipeline of Graft");
        JsonObject body = schema.of(PipelineShape.DOCUMENT);
        body.entrySet().forEach(entry -> root.add(entry.getKey(), entry.getValue()));
        JsonObject definitions = new JsonObject();
        schema.definitions.forEach(definitions::add);
        root.add("$defs", definitions);
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(root) + "\n";
    }

    private JsonObject of(Shape shape) {
        JsonObject json = new JsonObject();
        switch (shape) {
            case Shape.Named named -> {
                if (!definitions.containsKey(named.name())) {
                    definitions.put(named.name(), json);
                    definitions.put(named.name(), of(named.shape().get()));
                }
                json.addProperty("$ref", "#/$defs/" + named.name());
            }
            case Shape.Text text -> {
                json.addProperty("type", "string");
                if (!text.pattern().isEmpty()) {
                    json.addProperty("pattern", "^(" + text.pattern() + ")$");
                }
                json.add("examples", array(List.of(text.example())));
            }
            case Shape.Expression _ -> json.addProperty("type", "string");
            case Shape.AnyValue _ -> {
                // no rule
            }
            case Shape.Whole whole -> {
                json.addProperty("type", "integer");
                json.addProperty("minimum", whole.least());
                json.addProperty("maximum", whole.greatest());
            }
            case Shape.Flag _ -> json.addProperty("type", "boolean");
            case Shape.Choice choice -> json.add("enum", array(choice.values()));
            case Shape.ListOf list -> {
                json.addProperty("type", "array");
                json.add("items", of(list.item()));
                json.addProperty("minItems", list.least());
                json.addProperty("maxItems", list.greatest());
            }
            case Shape.MapOf map -> {
                json.addProperty("type", "object");
                JsonObject names = new JsonObject();
                names.addProperty("pattern", "^(" + map.keyPattern() + ")$");
                json.add("propertyNames", names);
                json.add("additionalProperties", of(map.value()));
                json.addProperty("maxProperties", map.greatest());
            }
            case Shape.Keys keys -> keys(json, keys);
        }
        return json;
    }

    private void keys(JsonObject json, Shape.Keys keys) {
        json.addProperty("type", "object");
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        keys.keys().forEach((name, key) -> {
            JsonObject property = of(key.shape());
            property.addProperty("description", key.meaning());
            properties.add(name, property);
            if (key.required()) {
                required.add(name);
            }
        });
        json.add("properties", properties);
        json.add("required", required);
        json.addProperty("additionalProperties", false);
        if (!keys.exactlyOne().isEmpty()) {
            JsonArray choices = new JsonArray();
            keys.exactlyOne().forEach(name -> {
                JsonObject choice = new JsonObject();
                choice.add("required", array(List.of(name)));
                choices.add(choice);
            });
            json.add("oneOf", choices);
        }
    }

    private static JsonArray array(Collection<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }
}
