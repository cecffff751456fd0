package io.graft.cli.bench;

import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.engine.weights.benchmark.BenchmarkOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft bench transfer}. */
@Command(
        name = "transfer",
        description =
                "Measure a graft of three synthetic BF16 models beside cp and sha256sum of its output, inputs in the page cache.")
final class BenchTransfer implements Callable<Integer> {
    /** Those of a worker that grafts, with a larger heap. */
    private static final List<String> JAVA_OPTIONS =
            List.of("-Xmx768m", "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED");

    @Option(names = "--size", paramLabel = "BYTES", description = "size of the result (default 1073741824)")
    long size = BenchmarkOptions.DEFAULT.outputBytes();

    @Option(names = "--max-shard-bytes", paramLabel = "BYTES", description = "size of its files (default 5000000000)")
    long maxShardBytes = BenchmarkOptions.DEFAULT.maxShardBytes();

    @Option(names = "--threads", paramLabel = "N", description = "threads of the graft (default 2)")
    int threads = BenchmarkOptions.DEFAULT.threads();

    @Option(names = "--rounds", paramLabel = "N", description = "rounds of which the best are taken (default 7)")
    int rounds = BenchmarkOptions.DEFAULT.rounds();

    @Option(names = "--warm-ups", paramLabel = "N", description = "rounds before them that do not count (default 2)")
    int warmUps = BenchmarkOptions.DEFAULT.warmUps();

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "on the disk to measure; needs 6 times the size (default: the system's for temporary files)")
    Path folder = BenchmarkOptions.DEFAULT.folder();

    private final Invocation invocation;

    BenchTransfer(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (size < 1 || maxShardBytes < 1 || threads < 1 || rounds < 1 || warmUps < 0) {
            throw CommandException.usage(
                    "--size, --max-shard-bytes, --threads and --rounds are at least 1, --warm-ups at least 0");
        }
        List<String> java = new ArrayList<>(JAVA_OPTIONS);
        java.addAll(List.of("-cp", System.getProperty("java.class.path"), BenchProcess.class.getName()));
        java.addAll(List.of(folder.toString(), String.valueOf(size), String.valueOf(maxShardBytes)));
        java.addAll(List.of(String.valueOf(threads), String.valueOf(warmUps), String.valueOf(rounds)));
        new Measurement("transfer", "a minute or two for 1 GiB", java).run(invocation);
        return ExitCode.OK.value();
    }
}
