package io.graft.engine.safetensors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Which tensor goes into which file, named as the Hugging Face libraries name them.
 *
 * @param shards the files in order, at least one
 * @param totalSize bytes of all tensors together
 */
public record ShardPlan(List<Shard> shards, long totalSize) {
    /** The Hugging Face libraries' limit at the time of writing: 5 GB. */
    public static final long DEFAULT_MAX_SHARD_BYTES = 5_000_000_000L;

    public ShardPlan {
        shards = List.copyOf(shards);
    }

    /**
     * One file.
     *
     * @param tensors in the order of the reference implementation: by descending dtype, then by name
     */
    public record Shard(String fileName, List<TensorSpec> tensors) {
        public Shard {
            tensors = tensors.stream()
                    .sorted(Comparator.comparing(TensorSpec::dtype).reversed().thenComparing(TensorSpec::name))
                    .toList();
        }
    }

    /**
     * Fills shards in the order given; a tensor above the limit gets a shard of its own.
     *
     * @param stem {@code model} for a model; the file is {@code stem.safetensors} when one is enough
     */
    public static ShardPlan of(String stem, List<TensorSpec> tensors, long maxShardBytes) {
        if (maxShardBytes <= 0) {
            throw new IllegalArgumentException("maxShardBytes must be positive, not " + maxShardBytes);
        }
        List<List<TensorSpec>> groups = new ArrayList<>();
        List<TensorSpec> group = new ArrayList<>();
        long groupBytes = 0;
        long totalSize = 0;
        for (TensorSpec tensor : tensors) {
            long bytes = tensor.byteLength();
            if (!group.isEmpty() && groupBytes > maxShardBytes - bytes) {
                groups.add(group);
                group = new ArrayList<>();
                groupBytes = 0;
            }
            group.add(tensor);
            groupBytes = Math.addExact(groupBytes, bytes);
            totalSize = Math.addExact(totalSize, bytes);
        }
        groups.add(group);
        List<Shard> shards = new ArrayList<>();
        for (List<TensorSpec> members : groups) {
            shards.add(new Shard(fileName(stem, shards.size() + 1, groups.size()), members));
        }
        return new ShardPlan(shards, totalSize);
    }

    /** True when the plan needs an index file. */
    public boolean isSharded() {
        return shards.size() > 1;
    }

    private static String fileName(String stem, int number, int count) {
        return count == 1
                ? stem + ".safetensors"
                : String.format(Locale.ROOT, "%s-%05d-of-%05d.safetensors", stem, number, count);
    }
}
