package io.graft.engine.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.weights.benchmark.BenchmarkResult;
import io.graft.engine.weights.benchmark.Machine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Trains one Llama in Graft, in PyTorch and in PEFT, each in a process of its own, in turns: everyone trains a round while the
 * others wait, and who begins changes from round to round. All load the same weights and must compute the same first loss.
 */
final class TrainBenchmark {
    private static final double SAME_LOSS = 1e-3;

    private final TrainBenchmarkOptions options;
    private final Consumer<String> notes;
    private final SortedMap<String, String> machine = Machine.describe();

    /** @param notes is told how far it is */
    TrainBenchmark(TrainBenchmarkOptions options, Consumer<String> notes) {
        this.options = options;
        this.notes = notes;
    }

    /** Measures every mode with every number of threads. */
    BenchmarkResult run() throws IOException {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        machine.put("load_before", String.format(Locale.ROOT, "%.2f", load));
        Path python = options.python() == null
                ? new PythonEnvironment(options.cache(), "python3", notes).prepare()
                : options.python();
        List<Series> series = new ArrayList<>();
        try (WorkFolder work = WorkFolder.create()) {
            LlamaTraining.write(work.path().resolve("model"));
            Files.write(work.path().resolve("train_peer.py"), Peers.script());
            for (int threads : options.threads()) {
                for (Mode mode : Mode.values()) {
                    series.addAll(measure(new Peers(work.path(), python, mode, threads), mode, threads));
                }
            }
        }
        long tokens = (long) LlamaTraining.BATCH * LlamaTraining.LENGTH * options.steps();
        Comparison comparison = new Comparison(series, tokens, options.steps());
        return new BenchmarkResult(comparison.ratios(), comparison.figures(), machine);
    }

    private List<Series> measure(Peers peers, Mode mode, int threads) throws IOException {
        List<Engine> engines = Engine.of(mode);
        List<PeerProcess> processes = new ArrayList<>();
        try {
            for (Engine engine : engines) {
                processes.add(peers.start(engine));
            }
            List<Long> starts = new ArrayList<>();
            for (PeerProcess process : processes) {
                keep(process.versions());
                starts.add(process.residentBytes());
            }
            List<List<Round>> rounds = rounds(processes, mode.wireName() + ", threads: " + threads);
            List<Series> series = new ArrayList<>();
            for (int at = 0; at < engines.size(); at++) {
                long peak = processes.get(at).peakBytes();
                series.add(new Series(engines.get(at), mode, threads, rounds.get(at), starts.get(at), peak));
            }
            return series;
        } finally {
            processes.forEach(PeerProcess::close);
        }
    }

    private List<List<Round>> rounds(List<PeerProcess> processes, String setting) throws IOException {
        List<List<Round>> rounds = new ArrayList<>();
        processes.forEach(process -> rounds.add(new ArrayList<>()));
        int all = options.warmUps() + options.rounds();
        for (int round = 0; round < all; round++) {
            notes.accept("training " + setting + ", round " + (round + 1) + " of " + all);
            for (int turn = 0; turn < processes.size(); turn++) {
                int at = (round + turn) % processes.size();
                rounds.get(at).add(processes.get(at).round(options.steps()));
            }
            if (round == 0) {
                checkSame(rounds, setting);
            }
        }
        return rounds.stream().map(each -> each.subList(options.warmUps(), all)).toList();
    }

    private static void checkSame(List<List<Round>> rounds, String setting) throws BenchmarkException {
        List<Double> losses =
                rounds.stream().map(each -> each.getFirst().loss()).toList();
        for (double loss : losses) {
            if (!(Math.abs(loss - losses.getFirst()) < SAME_LOSS)) {
                throw new BenchmarkException("The peers do not train the same model; first losses of " + setting + ": "
                        + losses + ". Use the versions of torch, transformers and peft that the guide names");
            }
        }
    }

    private void keep(JsonNode versions) {
        versions.properties()
                .forEach(each -> machine.put(each.getKey(), each.getValue().asText()));
    }
}
