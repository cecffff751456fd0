package io.graft.engine.tensors;

import java.time.Duration;

/**
 * How a process computes.
 *
 * @param threads threads of one operation, at least 1; results in F32 can differ in the last bits between thread counts
 * @param seed where all randomness starts
 * @param stopGrace how long a leaving process waits for the owner to close the runtime before further operations are refused
 */
public record TorchSettings(int threads, long seed, Duration stopGrace) {
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(20);

    public TorchSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        if (stopGrace.isNegative()) {
            throw new IllegalArgumentException("stopGrace can't be negative: " + stopGrace);
        }
    }

    /** The given number of threads, seed 0 and a grace of 20 seconds. */
    public static TorchSettings threads(int threads) {
        return new TorchSettings(threads, 0, DEFAULT_GRACE);
    }

    /** The same with another seed. */
    public TorchSettings withSeed(long other) {
        return new TorchSettings(threads, other, stopGrace);
    }

    /** The same with another grace. */
    public TorchSettings withStopGrace(Duration other) {
        return new TorchSettings(threads, seed, other);
    }
}
