package io.graft.cli.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.graft.cli.invocation.Endpoints;
import io.graft.v1.ModelVersion;
import java.util.List;

/**
 * Where the demonstration left its traces. Empty texts where the stack is not this machine's.
 *
 * @param kafka bootstrap servers
 * @param s3 endpoint of the artifact store
 * @param bucket in it
 * @param manifest key of the new version's manifest
 * @param http URL of the gateway
 */
record DemoPlaces(String kafka, String s3, String bucket, String manifest, String http) {
    /** Topics that the demonstration's events went through. */
    static final List<String> TOPICS = List.of("graft.job.v1", "graft.attempt.v1", "graft.model.v1");

    static DemoPlaces of(Endpoints endpoints, ModelVersion version) {
        return new DemoPlaces(
                endpoints.get("kafka"),
                endpoints.get("s3"),
                endpoints.get("bucket"),
                version.getManifest(),
                endpoints.get("http"));
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("kafka", kafka);
        JsonArray topics = new JsonArray();
        TOPICS.forEach(topics::add);
        json.add("topics", topics);
        json.addProperty("s3", s3);
        json.addProperty("bucket", bucket);
        json.addProperty("manifest", manifest);
        json.addProperty("http", http);
        return json;
    }
}
