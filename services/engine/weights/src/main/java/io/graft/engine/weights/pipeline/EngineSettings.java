package io.graft.engine.weights.pipeline;

import io.graft.engine.safetensors.ShardPlan;

/**
 * How a transfer runs. None of this changes a bit of the tensors it writes.
 *
 * @param threads worker threads, 1 to 64; each needs about 4 to 16 MiB
 * @param maxShardBytes tensor bytes in one output file at most, a larger tensor excepted
 * @param durable whether to force output to the disk before naming it; not needed for scratch that is uploaded next
 * @param digests whether to compute SHA-256 of each output file while writing it
 */
public record EngineSettings(int threads, long maxShardBytes, boolean durable, boolean digests) {
    private static final int MOST_THREADS = 64;

    /** One thread a processor (16 at most), 5 GB shards, durable, with digests. */
    public static final EngineSettings DEFAULT = new EngineSettings(
            Math.min(16, Runtime.getRuntime().availableProcessors()), ShardPlan.DEFAULT_MAX_SHARD_BYTES, true, true);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public EngineSettings {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("threads must be 1 to " + MOST_THREADS + ", not " + threads);
        }
        if (maxShardBytes < 1) {
            throw new IllegalArgumentException("maxShardBytes must be positive, not " + maxShardBytes);
        }
    }

    /** The same with another number of threads. */
    public EngineSettings withThreads(int count) {
        return new EngineSettings(count, maxShardBytes, durable, digests);
    }

    /** The same with another size of shards. */
    public EngineSettings withMaxShardBytes(long bytes) {
        return new EngineSettings(threads, bytes, durable, digests);
    }

    /** The same with or without forcing to the disk. */
    public EngineSettings withDurable(boolean force) {
        return new EngineSettings(threads, maxShardBytes, force, digests);
    }

    /** The same with or without SHA-256. */
    public EngineSettings withDigests(boolean compute) {
        return new EngineSettings(threads, maxShardBytes, durable, compute);
    }
}
