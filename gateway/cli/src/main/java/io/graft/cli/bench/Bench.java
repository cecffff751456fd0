package io.graft.cli.bench;

import java.util.List;
import java.util.Locale;

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

    String summary() {
        return summary;
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
