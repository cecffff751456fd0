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

    /** Takes the measurement's name, folder, bytes, shard bytes, threads and rounds. */
    static void main(String[] arguments) throws IOException {
        BenchmarkOptions options = new BenchmarkOptions(
                Path.of(arguments[1]),
                Long.parseLong(arguments[2]),
                Long.parseLong(arguments[3]),
                Integer.parseInt(arguments[4]),
                BenchmarkOptions.DEFAULT.warmUps(),
                Integer.parseInt(arguments[5]));
        BenchmarkResult result =
                switch (Bench.valueOf(arguments[0])) {
                    case TRANSFER -> new TransferBenchmark(options).run();
                };
        System.out.println(new Gson().toJson(result));
    }
}
