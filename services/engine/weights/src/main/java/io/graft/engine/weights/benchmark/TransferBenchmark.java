package io.graft.engine.weights.benchmark;

import io.graft.engine.safetensors.compatibility.GraftRules;
import io.graft.engine.weights.GraftRequest;
import io.graft.engine.weights.GraftSource;
import io.graft.engine.weights.WeightGraft;
import io.graft.engine.weights.pipeline.EngineSettings;
import io.graft.engine.weights.pipeline.TransferProgress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Times a graft of three synthetic BF16 models beside {@code cp} and {@code sha256sum} of its output, in turns within one
 * run, with the inputs in the page cache. None has to wait for another's writes: files are flushed, or deleted before they
 * reach the disk, outside the clock.
 *
 * <p>A virtual machine gets a page of memory from its host when it first uses it, and may give it back when it is free for
 * a while, which can take several times as long as filling it. That would be counted for whoever comes first, so before each
 * step that writes, memory for what it writes is used and freed; and of the rounds the best counts.
 */
public final class TransferBenchmark {
    private static final long COPIES = 6;

    private final BenchmarkOptions options;

    /** For one run. */
    public TransferBenchmark(BenchmarkOptions options) {
        this.options = options;
    }

    /**
     * Runs and removes its files, which takes a minute or so for 1 GiB.
     *
     * @throws IOException if there is too little disk, or {@code cp} or {@code sha256sum} cannot be run
     */
    public BenchmarkResult run() throws IOException {
        long needed = COPIES * options.outputBytes();
        long usable = Files.getFileStore(options.folder()).getUsableSpace();
        if (usable < needed) {
            throw new IOException(options.folder() + " has " + usable + " bytes free, the benchmark needs " + needed);
        }
        Path work = Files.createTempDirectory(options.folder(), "graft-benchmark-");
        try {
            return measure(work);
        } finally {
            Folders.delete(work);
        }
    }

    private BenchmarkResult measure(Path work) throws IOException {
        for (String model : List.of("base", "tuned", "target")) {
            new SyntheticModel(options.outputBytes(), model.hashCode(), options.maxShardBytes())
                    .write(work.resolve(model));
            Folders.flush(work.resolve(model));
        }
        Samples graft = new Samples();
        Samples bare = new Samples();
        Samples copy = new Samples();
        Samples sum = new Samples();
        for (int round = -options.warmUps(); round < options.rounds(); round++) {
            boolean counted = round >= 0;
            Path output = work.resolve("output");
            useMemory(work);
            bare.time(counted, () -> graft(work, output, false));
            Folders.delete(output);
            useMemory(work);
            graft.time(counted, () -> graft(work, output, true));
            Folders.flush(output);
            Path copied = work.resolve("copied");
            useMemory(work);
            copy.time(counted, () -> Folders.copy(output, copied));
            sum.time(counted, () -> Folders.sha256sum(copied));
            Folders.delete(output);
            Folders.delete(copied);
        }
        return result(Folders.size(work.resolve("base")), graft, bare, copy, sum);
    }

    private static void useMemory(Path work) throws IOException {
        Path copy = work.resolve("memory");
        Folders.copy(work.resolve("base"), copy);
        Folders.delete(copy);
    }

    private void graft(Path work, Path output, boolean digests) throws IOException {
        EngineSettings settings = new EngineSettings(options.threads(), options.maxShardBytes(), false, digests);
        GraftSource source = new GraftSource.ThreeModels(work.resolve("base"), work.resolve("tuned"));
        WeightGraft.run(
                new GraftRequest(source, work.resolve("target"), output, 1.0, GraftRules.DEFAULT, settings),
                TransferProgress.NONE);
    }

    private BenchmarkResult result(long bytes, Samples graft, Samples bare, Samples copy, Samples sum) {
        double gigabytes = bytes / 1e9;
        SortedMap<String, Double> figures = new TreeMap<>();
        figures.put("output_gb", gigabytes);
        figures.put("graft_seconds", graft.bestSeconds());
        figures.put("graft_cpu_seconds", graft.bestCpuSeconds());
        figures.put("graft_gb_per_s", gigabytes / graft.bestSeconds());
        figures.put("graft_without_digest_seconds", bare.bestSeconds());
        figures.put("graft_without_digest_cpu_seconds", bare.bestCpuSeconds());
        figures.put("graft_without_digest_gb_per_s", gigabytes / bare.bestSeconds());
        figures.put("cp_seconds", copy.bestSeconds());
        figures.put("cp_gb_per_s", gigabytes / copy.bestSeconds());
        figures.put("sha256sum_seconds", sum.bestSeconds());
        Map<String, Double> ratios = Map.of(
                "cp", copy.bestSeconds() / bare.bestSeconds(),
                "cp_with_digest", copy.bestSeconds() / graft.bestSeconds(),
                "cp_and_sha256sum", (copy.bestSeconds() + sum.bestSeconds()) / graft.bestSeconds());
        return new BenchmarkResult(ratios, figures, Machine.describe());
    }

    /** Prints the figures; {@code TransferBenchmark [output bytes [shard bytes [threads [rounds]]]]}. */
    static void main(String[] args) throws IOException {
        BenchmarkOptions defaults = BenchmarkOptions.DEFAULT;
        BenchmarkOptions options = new BenchmarkOptions(
                defaults.folder(),
                args.length > 0 ? Long.parseLong(args[0]) : defaults.outputBytes(),
                args.length > 1 ? Long.parseLong(args[1]) : defaults.maxShardBytes(),
                args.length > 2 ? Integer.parseInt(args[2]) : defaults.threads(),
                defaults.warmUps(),
                args.length > 3 ? Integer.parseInt(args[3]) : defaults.rounds());
        System.out.println(new TransferBenchmark(options).run());
        System.out.println("jvm flags " + ManagementFactory.getRuntimeMXBean().getInputArguments());
    }
}
