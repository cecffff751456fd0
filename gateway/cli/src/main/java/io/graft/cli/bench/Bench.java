package io.graft.cli.bench;

import io.graft.cli.failure.CommandException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The measurements there are. */
enum Bench {
    /** Graft throughput beside {@code cp} of the output. */
    TRANSFER(
            "a graft of three synthetic BF16 models beside cp of its output, inputs in the page cache",
            List.of("-Xmx768m", "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));

    private final String summary;
    private final List<String> javaOptions;

    Bench(String summary, List<String> javaOptions) {
        this.summary = summary;
        this.javaOptions = javaOptions;
    }

    /** The measurement of that name; a usage error that lists them all when there is none. */
    static Bench find(String name) {
        return Arrays.stream(values())
                .filter(bench -> bench.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> CommandException.usage(
                        (name.isEmpty() ? "Say what to measure:" : "There is no '" + name + "' to measure; there is:")
                                + Arrays.stream(values())
                                        .map(bench -> "\n" + bench + "  " + bench.summary)
                                        .collect(Collectors.joining())));
    }

    /** Options of the process that measures; the same as the worker's. */
    List<String> javaOptions() {
        return javaOptions;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
