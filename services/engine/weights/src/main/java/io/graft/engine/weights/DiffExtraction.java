package io.graft.engine.weights;

import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.compatibility.DifferencePlan;
import io.graft.engine.safetensors.compatibility.PlannedTensor;
import io.graft.engine.weights.diagnostics.ModelSides;
import io.graft.engine.weights.pipeline.TransferProgress;
import io.graft.engine.weights.pipeline.WrittenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stores {@code m_s' - m_s}, computed in float64 and rounded once to the dtype asked for. Static and thread safe; results
 * do not depend on the number of threads.
 */
public final class DiffExtraction {
    private DiffExtraction() {}

    /**
     * Runs to the end or leaves nothing behind. Fails as {@link WeightGraft#run} does.
     *
     * @throws IOException if a file cannot be read or written
     */
    public static DiffResult run(DiffRequest request, TransferProgress progress) throws IOException {
        try (Checkpoint base = Checkpoint.open(request.base());
                Checkpoint tuned = Checkpoint.open(request.tuned())) {
            DifferencePlan plan = DifferencePlan.check(base.listing(), tuned.listing(), request.rules())
                    .orThrow();
            requireEqual(plan, base, tuned);
            DiffMetadata metadata = new DiffMetadata(
                    digest(request.baseDigest(), base, request),
                    digest(request.tunedDigest(), tuned, request),
                    Objects.requireNonNullElse(request.rules().outputDtype(), Dtype.F32),
                    plan.untouched());
            List<TensorJob> jobs = new ArrayList<>();
            for (PlannedTensor tensor : plan.tensors()) {
                String name = tensor.output().name();
                jobs.add(new TensorJob(
                        tensor,
                        jobs.size(),
                        TensorHandle.find(base, name),
                        TensorHandle.find(tuned, plan.tunedPrefix().stored(name)),
                        null,
                        TensorJob.tallyFor(tensor)));
            }
            TransferRun run = new TransferRun(request.output(), "diff", metadata.toMap(), request.settings());
            List<WrittenFile> files = run.execute(jobs, 1.0, progress);
            return new DiffResult(files, metadata, TransferRun.diagnose(jobs, ModelSides.BASE_TUNED));
        }
    }

    private static String digest(@Nullable String given, Checkpoint checkpoint, DiffRequest request)
            throws IOException {
        return given == null ? ContentDigest.of(checkpoint, request.settings().threads()) : given;
    }

    private static void requireEqual(DifferencePlan plan, Checkpoint base, Checkpoint tuned) throws IOException {
        Findings findings = new Findings();
        int order = 0;
        for (String name : plan.mustBeEqual()) {
            if (!ContentDigest.ofTensor(base, name)
                    .equals(ContentDigest.ofTensor(tuned, plan.tunedPrefix().stored(name)))) {
                findings.unequal(order, name);
            }
            order++;
        }
        findings.throwIfAny();
    }
}
