package io.graft.engine.data;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Permutations that are the same on every machine and Java release: Fisher-Yates over L64X128MixRandom. */
final class Shuffling {
    private static final RandomGeneratorFactory<RandomGenerator> ALGORITHM =
            RandomGeneratorFactory.of("L64X128MixRandom");
    /** 2^64 over the golden ratio, so that neighbouring rounds get seeds far apart. */
    private static final long STRIDE = 0x9E3779B97F4A7C15L;

    private Shuffling() {}

    /** The numbers below {@code count} in an order that the seed and the round tell. */
    static int[] order(int count, long seed, long round) {
        RandomGenerator random = ALGORITHM.create(seed + round * STRIDE);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
