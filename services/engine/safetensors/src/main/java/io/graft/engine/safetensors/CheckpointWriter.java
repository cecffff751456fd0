package io.graft.engine.safetensors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a whole model, sharded as planned. All files appear on {@link #commit}; closing without it leaves none.
 *
 * <p>The index is named last, so a folder with an index has all its shards.
 */
public final class CheckpointWriter implements AutoCloseable {
    private final Path folder;
    private final String stem;
    private final ShardPlan plan;
    private final List<SafetensorsWriter> shards;

    private CheckpointWriter(Path folder, String stem, ShardPlan plan, List<SafetensorsWriter> shards) {
        this.folder = folder;
        this.stem = stem;
        this.plan = plan;
        this.shards = List.copyOf(shards);
    }

    /**
     * Creates the folder where needed and opens every shard.
     *
     * @param stem the plan's stem, which also names the index
     * @param metadata written to the header of every shard
     */
    public static CheckpointWriter create(Path folder, String stem, ShardPlan plan, Map<String, String> metadata)
            throws IOException {
        Files.createDirectories(folder);
        List<SafetensorsWriter> writers = new ArrayList<>();
        try {
            for (ShardPlan.Shard shard : plan.shards()) {
                writers.add(SafetensorsWriter.create(folder.resolve(shard.fileName()), shard.tensors(), metadata));
            }
        } catch (IOException | RuntimeException failure) {
            for (SafetensorsWriter writer : writers) {
                writer.close();
            }
            throw failure;
        }
        return new CheckpointWriter(folder, stem, plan, writers);
    }

    /** The open shards, in the order of the plan. */
    public List<SafetensorsWriter> shards() {
        return shards;
    }

    /**
     * Names all files.
     *
     * @param durable whether to force the bytes to the disk first
     * @return the files in order, the index last where there is one
     */
    public List<Path> commit(boolean durable) throws IOException {
        List<Path> named = new ArrayList<>();
        try {
            for (SafetensorsWriter shard : shards) {
                shard.commit(durable);
                named.add(shard.target());
            }
            if (plan.isSharded()) {
                Path index = folder.resolve(stem + ".safetensors.index.json");
                named.add(index);
                Files.writeString(index, ShardIndex.of(plan).toJson(), StandardCharsets.UTF_8);
            }
            return named;
        } catch (IOException | RuntimeException failure) {
            for (Path path : named) {
                Files.deleteIfExists(path);
            }
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        for (SafetensorsWriter shard : shards) {
            shard.close();
        }
    }
}
