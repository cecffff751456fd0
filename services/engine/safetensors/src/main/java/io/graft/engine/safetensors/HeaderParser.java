package io.graft.engine.safetensors;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of a header as a stream; accepts the grammar of the format and nothing else. */
final class HeaderParser {
    private static final String METADATA = "__metadata__";
    private static final int MAX_RANK = 64;

    private final StrictJson json;
    private final HeaderLimits limits;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<TensorInfo> tensors = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private HeaderParser(StrictJson json, HeaderLimits limits) {
        this.json = json;
        this.limits = limits;
    }

    /** Metadata and tensors in the order of the text, not yet checked against the file's length. */
    record Parsed(Map<String, String> metadata, List<TensorInfo> tensors) {}

    static Parsed parse(ByteSource source, long position, long length, HeaderLimits limits) throws IOException {
        try (StrictJson json = StrictJson.open(source, position, length, Problem.HEADER_MALFORMED)) {
            HeaderParser parser = new HeaderParser(json, limits);
            json.objectStart();
            parser.entries();
            json.end();
            return new Parsed(parser.metadata, parser.tensors);
        }
    }

    private void entries() throws IOException {
        for (String name = json.nextKey(); name != null; name = json.nextKey()) {
            if (!names.add(name)) {
                throw json.failure(Problem.DUPLICATE_KEY, "'" + excerpt(name) + "' occurs twice in the header");
            }
            if (name.equals(METADATA)) {
                readMetadata();
            } else {
                readTensor(name);
            }
        }
    }

    private void readMetadata() throws IOException {
        json.next(JsonToken.START_OBJECT);
        long length = 0;
        for (String key = json.nextKey(); key != null; key = json.nextKey()) {
            String value = json.nextString();
            length += key.length() + value.length();
            if (length > limits.maxMetadataLength()) {
                throw json.failure(
                        Problem.HEADER_TOO_LARGE,
                        "the metadata is longer than " + limits.maxMetadataLength() + " characters");
            }
            if (metadata.putIfAbsent(key, value) != null) {
                throw json.failure(Problem.DUPLICATE_KEY, "metadata key '" + excerpt(key) + "' occurs twice");
            }
        }
    }

    private void readTensor(String name) throws IOException {
        if (name.length() > limits.maxNameLength()) {
            throw json.failure(
                    Problem.HEADER_TOO_LARGE, "a tensor name has more than " + limits.maxNameLength() + " characters");
        }
        if (tensors.size() >= limits.maxTensors()) {
            throw json.failure(Problem.HEADER_TOO_LARGE, "it declares more than " + limits.maxTensors() + " tensors");
        }
        json.inTensor(name);
        json.next(JsonToken.START_OBJECT);
        @Nullable Dtype dtype = null;
        @Nullable List<Long> shape = null;
        @Nullable List<Long> offsets = null;
        for (String key = json.nextKey(); key != null; key = json.nextKey()) {
            switch (key) {
                case "dtype" -> dtype = once(key, dtype, readDtype());
                case "shape" -> shape = once(key, shape, json.nextNonNegatives(MAX_RANK, Problem.SHAPE));
                case "data_offsets" -> offsets = once(key, offsets, json.nextNonNegatives(2, Problem.OFFSETS));
                default -> throw json.failure(Problem.HEADER_MALFORMED, "has the unknown key '" + excerpt(key) + "'");
            }
        }
        if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
            throw json.failure(Problem.HEADER_MALFORMED, "lacks dtype, shape or the two data_offsets");
        }
        tensors.add(new TensorInfo(name, dtype, shape, offsets.getFirst(), offsets.getLast()));
        json.outOfTensor();
    }

    private <T> T once(String key, @Nullable T before, T now) {
        if (before != null) {
            throw json.failure(Problem.DUPLICATE_KEY, "has the key '" + key + "' twice");
        }
        return now;
    }

    private Dtype readDtype() throws IOException {
        String name = json.nextString();
        return Dtype.named(name)
                .orElseThrow(() -> json.failure(Problem.DTYPE, "has the unknown dtype '" + excerpt(name) + "'"));
    }

    private static String excerpt(String text) {
        return SafetensorsException.excerpt(text);
    }
}
