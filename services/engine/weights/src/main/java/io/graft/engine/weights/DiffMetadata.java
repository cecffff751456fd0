package io.graft.engine.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.Dtype;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The header metadata of a stored difference, format {@code graft.diff.v1}.
 *
 * @param baseDigest digest of the model that was subtracted
 * @param tunedDigest digest of the model it was subtracted from
 * @param dtype the dtype the difference is stored in
 * @param untouched tensors of the base that the difference leaves out on purpose
 */
public record DiffMetadata(String baseDigest, String tunedDigest, Dtype dtype, List<String> untouched) {
    /** The format's name. */
    public static final String FORMAT = "graft.diff.v1";

    private static final JsonFactory JSON = new JsonFactory();

    public DiffMetadata {
        untouched = List.copyOf(untouched);
    }

    /**
     * Reads the metadata of an open difference.
     *
     * @throws NotADifferenceException if this is not one
     */
    public static DiffMetadata read(Checkpoint difference) {
        Map<String, String> metadata = difference.metadata();
        String format = metadata.getOrDefault("format", "none");
        if (!format.equals(FORMAT)) {
            throw new NotADifferenceException(difference.name(), "its format is " + format + ", not " + FORMAT);
        }
        Dtype dtype = Dtype.named(metadata.getOrDefault("dtype", ""))
                .orElseThrow(() -> new NotADifferenceException(difference.name(), "its metadata has no valid dtype"));
        return new DiffMetadata(
                metadata.getOrDefault("base_digest", ""),
                metadata.getOrDefault("finetuned_digest", ""),
                dtype,
                names(difference.name(), metadata.getOrDefault("untouched", "[]")));
    }

    SortedMap<String, String> toMap() {
        return new TreeMap<>(Map.of(
                "format",
                FORMAT,
                "base_digest",
                baseDigest,
                "finetuned_digest",
                tunedDigest,
                "dtype",
                dtype.name(),
                "untouched",
                json(untouched)));
    }

    private static String json(List<String> names) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (String name : names) {
                json.writeString(name);
            }
            json.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static List<String> names(String file, String text) {
        List<String> names = new ArrayList<>();
        try (JsonParser json = JSON.createParser(text)) {
            boolean array = json.nextToken() == JsonToken.START_ARRAY;
            while (array && json.nextToken() == JsonToken.VALUE_STRING) {
                names.add(json.getText());
            }
            if (!array || json.currentToken() != JsonToken.END_ARRAY) {
                throw new NotADifferenceException(file, "its list of untouched tensors is malformed");
            }
            return List.copyOf(names);
        } catch (IOException malformed) {
            NotADifferenceException refused =
                    new NotADifferenceException(file, "its list of untouched tensors is malformed");
            refused.initCause(malformed);
            throw refused;
        }
    }
}
