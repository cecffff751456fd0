package io.graft.engine.metrics.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Counts of runs of {@code n} tokens. */
final class Ngrams {
    private Ngrams() {}

    static Map<List<String>, Integer> of(List<String> tokens, int n) {
        Map<List<String>, Integer> counts = new HashMap<>();
        IntStream.rangeClosed(0, tokens.size() - n)
                .forEach(i -> counts.merge(List.copyOf(tokens.subList(i, i + n)), 1, Integer::sum));
        return counts;
    }

    static int total(Map<List<String>, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many are in both, each counted as often as in the one that has fewer. */
    static int shared(Map<List<String>, Integer> first, Map<List<String>, Integer> second) {
        return first.entrySet().stream()
                .mapToInt(e -> Math.min(e.getValue(), second.getOrDefault(e.getKey(), 0)))
                .sum();
    }
}
