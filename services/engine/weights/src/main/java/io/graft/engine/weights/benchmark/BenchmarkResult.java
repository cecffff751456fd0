package io.graft.engine.weights.benchmark;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Medians over the rounds.
 *
 * @param ratios Graft beside the named peers; of speeds, so that 1 means as fast and 2 twice as fast, unless the name says
 *     another quantity. Of a transfer: {@code cp} is a plain copy of the output file, {@code cp_without_digest} the same
 *     against a graft that computes no SHA-256
 * @param figures {@code graft_seconds}, {@code graft_gb_per_s} and so on; GB are 10^9 bytes of output
 * @param machine processor, cores, java, and versions of the peers
 */
public record BenchmarkResult(
        Map<String, Double> ratios, SortedMap<String, Double> figures, SortedMap<String, String> machine) {
    public BenchmarkResult {
        ratios = Collections.unmodifiableSortedMap(new TreeMap<>(ratios));
        figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
        machine = Collections.unmodifiableSortedMap(new TreeMap<>(machine));
    }
}
