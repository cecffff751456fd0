package io.graft.cli.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far one tensor moved.
 *
 * @param name of the tensor
 * @param relative norm of the difference over norm of the source base
 * @param norm of the difference
 */
record Movement(String name, double relative, double norm) {

    /** The tensors that moved most, from a version's diagnostics. */
    static List<Movement> top(JsonObject diagnostics) {
        Map<String, JsonObject> byName = new HashMap<>();
        for (JsonElement tensor : diagnostics.getAsJsonArray("tensors")) {
            byName.put(tensor.getAsJsonObject().get("name").getAsString(), tensor.getAsJsonObject());
        }
        return diagnostics.getAsJsonArray("top_movers").asList().stream()
                .map(JsonElement::getAsString)
                .map(byName::get)
                .map(Movement::of)
                .toList();
    }

    private static Movement of(JsonObject tensor) {
        return new Movement(
                tensor.get("name").getAsString(), number(tensor, "relative_norm"), number(tensor, "difference_norm"));
    }

    private static double number(JsonObject tensor, String member) {
        return tensor.get(member).isJsonNull() ? Double.NaN : tensor.get(member).getAsDouble();
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        if (Double.isFinite(relative)) {
            json.addProperty("relativeNorm", relative);
        }
        json.addProperty("differenceNorm", norm);
        return json;
    }
}
