package io.graft.engine.benchmark;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;

/**
 * The process that {@code graft bench train} starts. Standard output holds one JSON object; lines on standard error that
 * begin with {@code progress: } say how far it is. Ends with 1 when the measurement fails and 2 when the arguments are wrong.
 */
public final class TrainBenchmarkMain {
    private TrainBenchmarkMain() {}

    /** Takes pairs of name and value: --threads, --rounds, --warm-ups, --steps, --cache, --python. */
    public static void main(String[] arguments) {
        try {
            TrainBenchmarkOptions options = TrainBenchmarkOptions.parse(List.of(arguments));
            System.out.println(new JsonMapper()
                    .writeValueAsString(
                            new TrainBenchmark(options, note -> System.err.println("progress: " + note)).run()));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        } catch (IOException failed) {
            System.err.println(
                    failed instanceof BenchmarkException
                            ? failed.getMessage()
                            : failed.getClass().getSimpleName() + ": " + failed.getMessage());
            System.exit(1);
        }
    }
}
