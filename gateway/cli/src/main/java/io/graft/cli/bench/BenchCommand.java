package io.graft.cli.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.Progress;
import io.graft.cli.terminal.Table;
import io.graft.engine.weights.benchmark.BenchmarkOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft bench}. */
@Command(
        name = "bench",
        description = "Measure this machine. Needs no stack; run it while nothing else does. Without a name it lists what"
                + " there is.")
public final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}")
    @Nullable Bench bench;

    @Option(names = "--size", paramLabel = "BYTES", description = "size of the result (default 1073741824)")
    long size = BenchmarkOptions.DEFAULT.outputBytes();

    @Option(names = "--max-shard-bytes", paramLabel = "BYTES", description = "size of its files (default 5000000000)")
    long maxShardBytes = BenchmarkOptions.DEFAULT.maxShardBytes();

    @Option(names = "--threads", paramLabel = "N", description = "threads of the graft (default 2)")
    int threads = BenchmarkOptions.DEFAULT.threads();

    @Option(names = "--rounds", paramLabel = "N", description = "rounds of which medians are taken (default 5)")
    int rounds = BenchmarkOptions.DEFAULT.rounds();

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "on the disk to measure; needs 6 times the size (default: the system's for temporary files)")
    Path folder = BenchmarkOptions.DEFAULT.folder();

    private final Invocation invocation;

    BenchCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (bench == null) {
            throw CommandException.usage("Say what to measure:\n"
                    + Arrays.stream(Bench.values())
                            .map(known -> known + "  " + known.summary())
                            .collect(Collectors.joining("\n")));
        }
        JsonObject result = new JsonObject();
        result.addProperty("name", bench.toString());
        measure(bench).entrySet().forEach(e -> result.add(e.getKey(), e.getValue()));
        invocation.output().result(result, out -> print(result, out));
        return ExitCode.OK.value();
    }

    private JsonObject measure(Bench chosen) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(chosen.javaOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BenchProcess.class.getName()));
        command.addAll(List.of(chosen.name(), folder.toString(), String.valueOf(size)));
        command.addAll(List.of(String.valueOf(maxShardBytes), String.valueOf(threads), String.valueOf(rounds)));
        try (Progress progress = invocation.progress()) {
            progress.update("measuring", 0, 0, "a minute or so for 1 GiB");
            Process process =
                    new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new CommandException(
                        ExitCode.FAILED, "BENCH_FAILED", "The measurement failed; the lines above say why");
            }
            return JsonParser.parseString(output).getAsJsonObject();
        }
    }

    private static void print(JsonObject result, PrintStream out) {
        Table ratios = new Table("RATIO", "VALUE");
        result.getAsJsonObject("ratios").entrySet().forEach(e -> ratios.row(e.getKey(), rounded(e.getValue().getAsDouble())));
        ratios.print(out);
        out.println();
        Table figures = new Table("FIGURE", "VALUE");
        result.getAsJsonObject("figures").entrySet().forEach(e -> figures.row(e.getKey(), rounded(e.getValue().getAsDouble())));
        figures.print(out);
        out.println();
        Table machine = new Table("MACHINE", "");
        result.getAsJsonObject("machine").entrySet().forEach(e -> machine.row(e.getKey(), e.getValue().getAsString()));
        machine.print(out);
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
