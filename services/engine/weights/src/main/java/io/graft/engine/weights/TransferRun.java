package io.graft.engine.weights;

import io.graft.engine.safetensors.CheckpointWriter;
import io.graft.engine.safetensors.ShardPlan;
import io.graft.engine.safetensors.digest.Sha256;
import io.graft.engine.weights.arithmetic.Acceleration;
import io.graft.engine.weights.diagnostics.ModelSides;
import io.graft.engine.weights.diagnostics.TransferDiagnostics;
import io.graft.engine.weights.pipeline.ChunkPipeline;
import io.graft.engine.weights.pipeline.EngineSettings;
import io.graft.engine.weights.pipeline.TransferProgress;
import io.graft.engine.weights.pipeline.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The part that grafting and extracting share: run the jobs, refuse bad values, name the files. */
final class TransferRun {
    private final Path folder;
    private final String stem;
    private final Map<String, String> metadata;
    private final EngineSettings settings;

    TransferRun(Path folder, String stem, Map<String, String> metadata, EngineSettings settings) {
        this.folder = folder;
        this.stem = stem;
        this.metadata = metadata;
        this.settings = settings;
    }

    List<WrittenFile> execute(List<TensorJob> jobs, double lambda, TransferProgress progress) throws IOException {
        requireFree();
        Map<String, TensorJob> byName = jobs.stream().collect(Collectors.toMap(TensorJob::name, Function.identity()));
        ShardPlan plan =
                ShardPlan.of(stem, jobs.stream().map(job -> job.plan().output()).toList(), settings.maxShardBytes());
        Findings findings = new Findings();
        Acceleration acceleration = Acceleration.detect();
        try (CheckpointWriter output = CheckpointWriter.create(folder, stem, plan, metadata)) {
            List<String> digests = new ChunkPipeline(output, settings, progress)
                    .run(() -> new TransferKernel(byName, lambda, findings, acceleration));
            findings.throwIfAny();
            return describe(output.commit(settings.durable()), digests);
        }
    }

    static TransferDiagnostics diagnose(List<TensorJob> jobs, ModelSides sides) {
        return TransferDiagnostics.of(
                jobs.stream().map(TensorJob::plan).toList(),
                jobs.stream().map(job -> job.tally().total()).toList(),
                sides);
    }

    private List<WrittenFile> describe(List<Path> paths, List<String> digests) throws IOException {
        List<WrittenFile> files = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.get(i);
            String index = settings.digests() && i >= digests.size() ? Sha256.ofFile(path) : "";
            files.add(new WrittenFile(path, Files.size(path), i < digests.size() ? digests.get(i) : index));
        }
        return files;
    }

    private void requireFree() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> children = Files.list(folder)) {
            if (children.anyMatch(child -> child.toString().endsWith(".safetensors"))) {
                throw new OutputExistsException(folder);
            }
        }
    }
}
