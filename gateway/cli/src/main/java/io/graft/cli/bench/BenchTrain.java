package io.graft.cli.bench;

import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.stack.Distribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft bench train}. */
@Command(
        name = "train",
        description = {
            "Measure training of a Llama of 8.5 million parameters beside PyTorch (transformers) and PEFT on the same"
                    + " libtorch, all parameters and LoRA, in turns: speed and memory.",
            "The first run makes a Python environment in the cache of GRAFT_HOME, which takes python3 with venv, the"
                    + " network and up to 4 GB."
        })
final class BenchTrain implements Callable<Integer> {
    private static final String LIBRARIES = "services/engine/benchmark/target/lib";
    private static final String MAIN = "io.graft.engine.benchmark.TrainBenchmarkMain";
    private static final List<String> JAVA_OPTIONS = List.of(
            "-Xmx512m", "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC");

    @Option(
            names = "--threads",
            paramLabel = "N",
            split = ",",
            description = "numbers of threads, each measured apart (default 1,2)")
    List<Integer> threads = List.of(1, 2);

    @Option(names = "--rounds", paramLabel = "N", description = "rounds of which medians are taken (default 5)")
    int rounds = 5;

    @Option(names = "--warm-ups", paramLabel = "N", description = "rounds before them that do not count (default 1)")
    int warmUps = 1;

    @Option(names = "--steps", paramLabel = "N", description = "training steps of a round (default 3)")
    int steps = 3;

    @Option(
            names = "--python",
            paramLabel = "PROGRAM",
            description = "an interpreter that has torch, transformers and peft; none is installed then")
    @Nullable
    Path python;

    private final Invocation invocation;

    BenchTrain(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (threads.isEmpty()
                || threads.stream().anyMatch(each -> each < 1)
                || rounds < 1
                || steps < 1
                || warmUps < 0) {
            throw CommandException.usage("--threads, --rounds and --steps are at least 1, --warm-ups at least 0");
        }
        List<String> java = new ArrayList<>(JAVA_OPTIONS);
        java.addAll(List.of("-cp", Distribution.of(invocation).folder(LIBRARIES) + "/*", MAIN));
        java.addAll(List.of("--threads", threads.stream().map(String::valueOf).collect(Collectors.joining(","))));
        java.addAll(List.of("--rounds", String.valueOf(rounds), "--warm-ups", String.valueOf(warmUps)));
        java.addAll(List.of("--steps", String.valueOf(steps)));
        java.addAll(List.of("--cache", invocation.home().cache().toString()));
        if (python != null) {
            java.addAll(List.of("--python", python.toString()));
        }
        new Measurement("train", "about 4 minutes on two cores", java).run(invocation);
        return ExitCode.OK.value();
    }
}
