package io.graft.engine.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reference values in the test resources; {@code SOURCE.md} there tells their origin. */
public final class Vectors {
    private Vectors() {}

    /** A whole file. */
    public static JsonNode file(String name) {
        try {
            return new ObjectMapper().readTree(Files.readString(Path.of("src/test/resources", name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cases of a file. */
    public static JsonNode cases(String name) {
        return file(name).get("cases");
    }

    public static double[] doubles(JsonNode array) {
        return stream(array).mapToDouble(JsonNode::asDouble).toArray();
    }

    public static int[] ints(JsonNode array) {
        return stream(array).mapToInt(JsonNode::asInt).toArray();
    }

    public static double[][] matrix(JsonNode rows) {
        return stream(rows).map(Vectors::doubles).toArray(double[][]::new);
    }

    public static List<String> strings(JsonNode array) {
        return stream(array).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
