package io.graft.engine.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** Tiny models and expected numbers among the test resources. */
final class Fixture {
    private Fixture() {}

    static Path folder(String name) {
        try {
            URL url = Objects.requireNonNull(Fixture.class.getResource("/" + name), name);
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Fixture.class.getResourceAsStream("/" + name), name)) {
            return new JsonMapper().readTree(in);
        }
    }

    /** All numbers of a nested array, in order. */
    static float[] floats(JsonNode node) {
        float[] values = new float[count(node)];
        fill(node, values, 0);
        return values;
    }

    static int[] ints(JsonNode node) {
        int[] values = new int[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).intValue();
        }
        return values;
    }

    private static int count(JsonNode node) {
        int count = node.isArray() ? 0 : 1;
        for (JsonNode child : node) {
            count += count(child);
        }
        return count;
    }

    private static int fill(JsonNode node, float[] values, int at) {
        if (!node.isArray()) {
            values[at] = node.floatValue();
            return at + 1;
        }
        int next = at;
        for (JsonNode child : node) {
            next = fill(child, values, next);
        }
        return next;
    }
}
