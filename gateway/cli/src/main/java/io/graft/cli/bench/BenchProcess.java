package io.graft.cli.bench;

import com.google.gson.Gson;
import io.graft.engine.weights.benchmark.BenchmarkOptions;
import io.graft.engine.weights.benchmark.BenchmarkResult;
import io.graft.engine.weights.benchmark.TransferBenchmark;
import java.io.IOException;
import java.nio.file.Path;

/** The process that measures: it runs with the worker's options and nothing else in it, and prints one JSON object. */
final class BenchProcess {
    private BenchProcess() {}

    /** Takes the measurement's constant, folder, bytes, shard bytes, threads, warm-ups and rounds. */
    public static void main(String[] arguments) {
        BenchmarkOptions options = new BenchmarkOptions(
                Path.of(arguments[1]),
                Long.parseLong(arguments[2]),
                Long.parseLong(arguments[3]),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]),
                Integer.parseInt(arguments[6]));
        try {
            BenchmarkResult result = switch (Bench.valueOf(arguments[0])) {
                case TRANSFER -> new TransferBenchmark(options).run();
            };
            System.out.println(new Gson().toJson(result));
        } catch (IOException e) {
            System.err.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            System.exit(1);
        }
    }
}
