package io.graft.cli.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.graft.cli.terminal.ProtoJson;
import io.graft.v1.Job;
import io.graft.v1.Lineage;
import io.graft.v1.ModelVersion;
import java.util.List;

/**
 * What a demonstration came to.
 *
 * @param inputs in the order of {@link DemoModel}
 * @param movers the tensors that moved most, first the farthest
 * @param places where events and files are, by name
 * @param seconds the whole took
 */
record DemoResult(
        Job job,
        ModelVersion version,
        List<DemoInput> inputs,
        Lineage lineage,
        List<Movement> movers,
        DemoPlaces places,
        double seconds) {

    DemoResult {
        inputs = List.copyOf(inputs);
        movers = List.copyOf(movers);
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("status", "SUCCEEDED");
        json.addProperty("version", version.getName());
        json.addProperty("digest", version.getDigest());
        JsonArray entries = new JsonArray();
        for (DemoInput input : inputs) {
            JsonObject entry = new JsonObject();
            entry.addProperty("role", input.role());
            entry.addProperty("version", input.version().getName());
            entry.addProperty("digest", input.version().getDigest());
            entries.add(entry);
        }
        json.add("inputs", entries);
        json.addProperty("seconds", seconds);
        json.addProperty("job", job.getName());
        json.addProperty("traceId", job.getTraceId());
        JsonArray moved = new JsonArray();
        movers.forEach(mover -> moved.add(mover.json()));
        json.add("topMovers", moved);
        json.add("lineage", JsonParser.parseString(ProtoJson.print(lineage)));
        json.add("places", places.json());
        return json;
    }
}
