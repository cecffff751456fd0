package io.graft.cli.bench;

import com.google.gson.Gson;
import io.graft.engine.weights.benchmark.BenchmarkOptions;
import io.graft.engine.weights.benchmark.TransferBenchmark;
import java.io.IOException;
import java.nio.file.Path;

/** The process that measures a graft. */
final class BenchProcess {
    private BenchProcess() {}

    /** Takes folder, bytes, shard bytes, threads, warm-ups and rounds. */
    public static void main(String[] arguments) {
        BenchmarkOptions options = new BenchmarkOptions(
                Path.of(arguments[0]),
                Long.parseLong(arguments[1]),
                Long.parseLong(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]));
        try {
            System.out.println(new Gson().toJson(new TransferBenchmark(options).run()));
        } catch (IOException e) {
            System.err.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            System.exit(1);
        }
    }
}
