package io.graft.engine.methods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Numbers of other programs; see {@code oracles/SOURCE.md}. */
public final class Oracle {
    private static final JsonMapper JSON = new JsonMapper();

    private Oracle() {}

    /** One case of a file below {@code oracles}. */
    public static JsonNode of(String file, String name) {
        try (InputStream json = Oracle.class.getResourceAsStream("/oracles/" + file)) {
            return Objects.requireNonNull(JSON.readTree(json).get(name), name);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A list of numbers. */
    public static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int index = 0; index < numbers.length; index++) {
            numbers[index] = list.get(index).asDouble();
        }
        return numbers;
    }

    /** A list of rows. */
    public static double[][] rows(JsonNode list) {
        double[][] rows = new double[list.size()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = numbers(list.get(row));
        }
        return rows;
    }
}
