package io.graft.cli.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.Progress;
import io.graft.engine.weights.benchmark.BenchmarkOptions;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft bench}. */
@Command(
        name = "bench",
        description =
                "Measure this machine. Needs no stack; run it while nothing else does. Without a name it lists what"
                        + " there is to measure.")
public final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "what to measure: transfer")
    String name = "";

    @Option(names = "--size", paramLabel = "BYTES", description = "size of the result (default 1073741824)")
    long size = BenchmarkOptions.DEFAULT.outputBytes();

    @Option(names = "--max-shard-bytes", paramLabel = "BYTES", description = "size of its files (default 5000000000)")
    long maxShardBytes = BenchmarkOptions.DEFAULT.maxShardBytes();

    @Option(names = "--threads", paramLabel = "N", description = "threads of the graft (default 2)")
    int threads = BenchmarkOptions.DEFAULT.threads();

    @Option(names = "--rounds", paramLabel = "N", description = "rounds of which medians are taken (default 5)")
    int rounds = BenchmarkOptions.DEFAULT.rounds();

    @Option(names = "--warm-ups", paramLabel = "N", description = "rounds before them that do not count (default 2)")
    int warmUps = BenchmarkOptions.DEFAULT.warmUps();

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
        Bench bench = Bench.find(name);
        if (size < 1 || maxShardBytes < 1 || threads < 1 || rounds < 1 || warmUps < 0) {
            throw CommandException.usage(
                    "--size, --max-shard-bytes, --threads and --rounds are at least 1, --warm-ups at least 0");
        }
        JsonObject result = new JsonObject();
        result.addProperty("name", bench.toString());
        measure(bench).entrySet().forEach(e -> result.add(e.getKey(), e.getValue()));
        invocation.output().result(result, out -> BenchText.print(result, out));
        return ExitCode.OK.value();
    }

    private JsonObject measure(Bench bench) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("graft-bench-", ".log");
        try (Progress progress = invocation.progress()) {
            progress.update("measuring", 0, 0, "about a minute for 1 GiB");
            Process process = new ProcessBuilder(command(bench))
                    .redirectError(Redirect.to(errors.toFile()))
                    .start();
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new CommandException(
                        ExitCode.FAILED, "BENCH_FAILED", "The measurement failed:\n" + Files.readString(errors));
            }
            return JsonParser.parseString(output).getAsJsonObject();
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    private List<String> command(Bench bench) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(bench.javaOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BenchProcess.class.getName()));
        command.addAll(List.of(bench.name(), folder.toString(), String.valueOf(size), String.valueOf(maxShardBytes)));
        command.addAll(List.of(String.valueOf(threads), String.valueOf(warmUps), String.valueOf(rounds)));
        return command;
    }
}
