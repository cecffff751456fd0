package io.graft.engine.weights.benchmark;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a benchmark found.
 *
 * @param ratios Graft beside the named peers; of speeds, so that 1 means as fast and 2 twice as fast, unless the name says
 *     another quantity. Of a transfer: {@code cp} is a graft without SHA-256 beside a plain copy of its output, which
 *     makes none either; {@code cp_with_digest} a graft with it beside the same; {@code cp_and_sha256sum} a graft with it
 *     beside a copy and then {@code sha256sum}, which comes to as much
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
