package io.graft.engine.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param threads numbers of threads, each measured apart
 * @param rounds rounds of which the medians are taken
 * @param warmUps rounds before them that do not count
 * @param steps training steps of a round
 * @param cache folder in which the Python environment is kept
 * @param python an interpreter that has the peers' packages; null to make an environment in the cache
 */
record TrainBenchmarkOptions(
        List<Integer> threads,
        int rounds,
        int warmUps,
        int steps,
        Path cache,
        @Nullable Path python) {
    private static final Set<String> NAMES =
            Set.of("--threads", "--rounds", "--warm-ups", "--steps", "--cache", "--python");

    TrainBenchmarkOptions {
        threads = List.copyOf(threads);
    }

    /**
     * Reads pairs of name and value.
     *
     * @throws IllegalArgumentException naming everything that is wrong
     */
    static TrainBenchmarkOptions parse(List<String> arguments) {
        List<String> wrong = new ArrayList<>();
        Map<String, String> values = new HashMap<>();
        for (int at = 0; at < arguments.size(); at += 2) {
            String name = arguments.get(at);
            if (!NAMES.contains(name)) {
                wrong.add(name + ": is none of " + NAMES.stream().sorted().toList());
            } else if (at + 1 == arguments.size()) {
                wrong.add(name + ": has no value");
            } else {
                values.put(name, arguments.get(at + 1));
            }
        }
        List<Integer> threads = new ArrayList<>();
        for (String each : values.getOrDefault("--threads", "1,2").split(",", -1)) {
            threads.add(number("--threads", each, 1, wrong));
        }
        if (!values.containsKey("--cache") && !values.containsKey("--python")) {
            wrong.add("--cache: is needed unless --python is given");
        }
        @Nullable String python = values.get("--python");
        TrainBenchmarkOptions options = new TrainBenchmarkOptions(
                threads.stream().distinct().toList(),
                number("--rounds", values.getOrDefault("--rounds", "5"), 1, wrong),
                number("--warm-ups", values.getOrDefault("--warm-ups", "1"), 0, wrong),
                number("--steps", values.getOrDefault("--steps", "3"), 1, wrong),
                Path.of(values.getOrDefault("--cache", "")),
                python == null ? null : Path.of(python));
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", wrong));
        }
        return options;
    }

    private static int number(String name, String text, int least, List<String> wrong) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            wrong.add(name + ": '" + text + "' is no whole number");
            return least;
        }
        wrong.add(name + ": " + text + " is less than " + least);
        return least;
    }
}
