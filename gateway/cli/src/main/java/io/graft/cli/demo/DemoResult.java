package io.graft.cli.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.graft.cli.terminal.ProtoJson;
import io.graft.v1.Lineage;
import io.graft.v1.ModelVersion;
import java.util.List;
import java.util.Map;

/**
 * What a demonstration came to.
 *
 * @param version the new base with the update
 * @param movers the tensors that moved most, first the farthest
 * @param places where events and files are, by name
 * @param seconds the whole took
 */
record DemoResult(
        DemoStory.End end,
        ModelVersion version,
        Lineage lineage,
        List<Movement> movers,
        DemoPlaces places,
        double seconds) {

    DemoResult {
        movers = List.copyOf(movers);
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("status", "SUCCEEDED");
        json.addProperty("version", version.getName());
        json.addProperty("digest", version.getDigest());
        JsonArray entries = new JsonArray();
        for (DemoInput input : end.inputs()) {
            JsonObject entry = new JsonObject();
            entry.addProperty("role", input.role());
            entry.addProperty("version", input.name());
            entry.addProperty("digest", input.digest());
            entries.add(entry);
        }
        json.add("inputs", entries);
        json.addProperty("seconds", seconds);
        json.add("accuracy", numbers(end.accuracy()));
        json.add("gate", end.gate().json());
        json.add("gain", end.gain().json());
        json.add("stepSeconds", numbers(end.seconds()));
        json.addProperty("job", end.graft().getName());
        json.addProperty("traceId", end.graft().getTraceId());
        JsonArray moved = new JsonArray();
        movers.forEach(mover -> moved.add(mover.json()));
        json.add("topMovers", moved);
        json.add("lineage", JsonParser.parseString(ProtoJson.print(lineage)));
        json.add("places", places.json());
        return json;
    }

    private static JsonObject numbers(Map<String, Double> values) {
        JsonObject json = new JsonObject();
        values.forEach(json::addProperty);
        return json;
    }
}
