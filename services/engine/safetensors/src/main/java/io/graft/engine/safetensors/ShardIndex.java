package io.graft.engine.safetensors;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code model.safetensors.index.json} of a sharded model, in the Hugging Face layout.
 *
 * @param weightMap tensor name to shard file name; every shard name is a plain file name
 * @param totalSize bytes of all tensors together, headers not counted; 0 when the file does not say
 */
public record ShardIndex(SortedMap<String, String> weightMap, long totalSize) {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,200}\\.safetensors");
    private static final int MAX_TENSORS = 1_000_000;
    private static final long MAX_BYTES = 100_000_000;

    /**
     * Copies the map and checks each shard name.
     *
     * @throws SafetensorsException if a shard name could lead out of the folder
     */
    public ShardIndex {
        weightMap = Collections.unmodifiableSortedMap(new TreeMap<>(weightMap));
        weightMap.values().forEach(ShardIndex::checkPlain);
    }

    /** The index that belongs to a plan. */
    public static ShardIndex of(ShardPlan plan) {
        SortedMap<String, String> weightMap = new TreeMap<>();
        for (ShardPlan.Shard shard : plan.shards()) {
            shard.tensors().forEach(tensor -> weightMap.put(tensor.name(), shard.fileName()));
        }
        return new ShardIndex(weightMap, plan.totalSize());
    }

    /**
     * Reads an index file.
     *
     * @throws SafetensorsException if it is not well formed
     */
    public static ShardIndex read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(new FileSource(String.valueOf(file.getFileName()), channel, channel.size()));
        }
    }

    /**
     * Reads an index from any source.
     *
     * @throws SafetensorsException if it is not well formed
     */
    public static ShardIndex read(ByteSource source) throws IOException {
        if (source.length() > MAX_BYTES) {
            throw SafetensorsException.of(
                    Problem.HEADER_TOO_LARGE,
                    source.name(),
                    "is longer than " + MAX_BYTES + " bytes",
                    "Check the file");
        }
        try (StrictJson json = StrictJson.open(source, 0, source.length(), Problem.INDEX_MALFORMED)) {
            @Nullable SortedMap<String, String> weightMap = null;
            long totalSize = 0;
            json.next(JsonToken.START_OBJECT);
            for (String key = json.nextKey(); key != null; key = json.nextKey()) {
                switch (key) {
                    case "weight_map" -> {
                        if (weightMap != null) {
                            throw json.failure(Problem.DUPLICATE_KEY, "weight_map occurs twice");
                        }
                        weightMap = readWeightMap(json);
                    }
                    case "metadata" -> totalSize = readTotalSize(json);
                    default -> json.skipValue();
                }
            }
            json.end();
            if (weightMap == null || weightMap.isEmpty()) {
                throw json.failure(Problem.INDEX_MALFORMED, "there is no weight_map");
            }
            return new ShardIndex(weightMap, totalSize);
        }
    }

    /** Distinct shard names, sorted. */
    public List<String> shards() {
        return weightMap.values().stream().distinct().sorted().toList();
    }

    /** The JSON text, byte for byte as the Hugging Face libraries write it: two spaces, sorted keys, final newline. */
    public String toJson() {
        return IndexJson.write(this);
    }

    private static SortedMap<String, String> readWeightMap(StrictJson json) throws IOException {
        SortedMap<String, String> map = new TreeMap<>();
        json.next(JsonToken.START_OBJECT);
        for (String tensor = json.nextKey(); tensor != null; tensor = json.nextKey()) {
            if (map.put(tensor, json.nextString()) != null) {
                throw json.failure(
                        Problem.DUPLICATE_KEY, "'" + SafetensorsException.excerpt(tensor) + "' occurs twice");
            }
            if (map.size() > MAX_TENSORS) {
                throw json.failure(Problem.HEADER_TOO_LARGE, "it names more than " + MAX_TENSORS + " tensors");
            }
        }
        return map;
    }

    private static long readTotalSize(StrictJson json) throws IOException {
        long totalSize = 0;
        json.next(JsonToken.START_OBJECT);
        for (String key = json.nextKey(); key != null; key = json.nextKey()) {
            if (key.equals("total_size")) {
                totalSize = json.nextWholeNumber();
            } else {
                json.skipValue();
            }
        }
        return totalSize;
    }

    private static void checkPlain(String shard) {
        if (!PLAIN_NAME.matcher(shard).matches()) {
            throw SafetensorsException.of(
                    Problem.UNSAFE_PATH,
                    shard,
                    "is not a plain shard file name",
                    "Name shards like model-00001-of-00002.safetensors, in the index's own folder");
        }
    }
}
