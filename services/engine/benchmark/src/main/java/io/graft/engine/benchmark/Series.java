package io.graft.engine.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The counted rounds of one peer.
 *
 * @param startBytes resident memory with the model loaded, before the first step
 * @param peakBytes the most resident memory of its process
 */
record Series(Engine engine, Mode mode, int threads, List<Round> rounds, long startBytes, long peakBytes) {
    Series {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("a series has at least one round");
        }
    }

    double median(ToDoubleFunction<Round> of) {
        return median(rounds.stream().mapToDouble(of).toArray());
    }

    /** How many times as fast as another this is: the median over the rounds, since both meet the same weather in each. */
    double speedOver(Series other) {
        return median(IntStream.range(0, Math.min(rounds.size(), other.rounds.size()))
                .mapToDouble(
                        at -> other.rounds.get(at).seconds() / rounds.get(at).seconds())
                .toArray());
    }

    /** The memory that training takes. */
    long workBytes() {
        return Math.max(1, peakBytes - startBytes);
    }

    /** {@code full_1_thread} and the like. */
    String setting() {
        return mode.wireName() + "_" + threads + (threads == 1 ? "_thread" : "_threads");
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
