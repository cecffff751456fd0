package io.graft.gateway.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;

/** Short ways to write JSON objects. */
final class Json {
    private Json() {}

    /** An object of text members: name, value, name, value. */
    static JsonObject object(String... members) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < members.length; i += 2) {
            object.addProperty(members[i], members[i + 1]);
        }
        return object;
    }

    static JsonObject with(JsonObject object, String name, JsonObject value) {
        object.add(name, value);
        return object;
    }

    static JsonObject described(JsonObject object, String description) {
        if (!description.isEmpty()) {
            object.addProperty("description", description);
        }
        return object;
    }

    static JsonArray strings(Collection<String> values) {
        JsonArray array = new JsonArray();
        values.stream().map(JsonPrimitive::new).forEach(array::add);
        return array;
    }

    static JsonObject reference(String component) {
        return object("$ref", "#/components/schemas/" + component);
    }
}
