package io.graft.engine.benchmark;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Ratios and figures of all series. A ratio of speed is Graft's over the peer's, so that above 1 Graft is faster; one of
 * memory is Graft's peak over the peer's, so that below 1 Graft needs less; {@code memory_above_start} leaves out what a
 * process has before it trains, which for the peers depends on the build of PyTorch. A ratio that names no number of threads
 * is the worst for Graft of all that it stands for.
 *
 * @param tokens tokens of a round
 * @param steps steps of a round
 */
record Comparison(List<Series> series, long tokens, int steps) {
    Comparison {
        series = List.copyOf(series);
    }

    SortedMap<String, Double> ratios() {
        SortedMap<String, Double> ratios = new TreeMap<>();
        for (Series peer : series) {
            if (peer.engine() == Engine.GRAFT) {
                continue;
            }
            Series own = ownOf(peer);
            String name = peer.engine().wireName() + "_";
            double speed = own.speedOver(peer);
            ratios.put(name + peer.setting(), speed);
            ratios.merge(name + peer.mode().wireName(), speed, Math::min);
            double memory = own.peakBytes() / (double) peer.peakBytes();
            ratios.put("memory_" + name + peer.setting(), memory);
            ratios.merge("memory", memory, Math::max);
            ratios.merge("memory_above_start", own.workBytes() / (double) peer.workBytes(), Math::max);
        }
        return ratios;
    }

    SortedMap<String, Double> figures() {
        SortedMap<String, Double> figures = new TreeMap<>();
        for (Series each : series) {
            String name = each.engine().wireName() + "_" + each.setting() + "_";
            figures.putAll(Map.of(
                    name + "tokens_per_s", tokens / each.median(Round::seconds),
                    name + "step_seconds", each.median(Round::seconds) / steps,
                    name + "step_cpu_seconds", each.median(Round::cpuSeconds) / steps,
                    name + "start_mb", each.startBytes() / 1e6,
                    name + "peak_mb", each.peakBytes() / 1e6));
        }
        return figures;
    }

    private Series ownOf(Series peer) {
        return series.stream()
                .filter(own ->
                        own.engine() == Engine.GRAFT && own.mode() == peer.mode() && own.threads() == peer.threads())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Graft did not run " + peer.setting()));
    }
}
