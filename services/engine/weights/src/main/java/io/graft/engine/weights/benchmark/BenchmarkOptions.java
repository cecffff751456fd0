package io.graft.engine.weights.benchmark;

import java.nio.file.Path;

/**
 * What to measure.
 *
 * @param folder where a temporary folder may be made, on the disk to be measured; needs 6 times the output
 * @param outputBytes size of the result
 * @param maxShardBytes size of its files
 * @param threads worker threads of the graft
 * @param warmUps rounds that are not counted; the first few compile the kernels
 * @param rounds rounds of which the best are taken
 */
public record BenchmarkOptions(
        Path folder, long outputBytes, long maxShardBytes, int threads, int warmUps, int rounds) {
    /** 1 GiB in one file, 2 threads, 2 warm-ups and 7 rounds, in the system's folder for temporary files. */
    public static final BenchmarkOptions DEFAULT =
            new BenchmarkOptions(Path.of(System.getProperty("java.io.tmpdir")), 1L << 30, 5_000_000_000L, 2, 2, 7);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is not positive
     */
    public BenchmarkOptions {
        if (outputBytes < 1 || maxShardBytes < 1 || threads < 1 || warmUps < 0 || rounds < 1) {
            throw new IllegalArgumentException("sizes, threads and rounds must be positive");
        }
    }
}
