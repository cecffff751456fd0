package io.graft.engine.weights;

import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.compatibility.GraftPlan;
import io.graft.engine.safetensors.compatibility.PlannedTensor;
import io.graft.engine.weights.diagnostics.ModelSides;
import io.graft.engine.weights.pipeline.TransferProgress;
import io.graft.engine.weights.pipeline.WrittenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds a fine-tuning difference to another base: {@code m_t + lambda (m_s' - m_s)}, "Efficient Model Development through
 * Fine-tuning Transfer", arXiv 2503.20110.
 *
 * <p>Each element is computed in float64 in exactly that order and rounded once, half to even, to the output dtype. The
 * same inputs give the same files bit for bit, whatever the number of threads. Float tensors that are merely copied are
 * not looked into. Static and thread safe.
 */
public final class WeightGraft {
    private WeightGraft() {}

    /**
     * Runs to the end or leaves nothing behind.
     *
     * @throws io.graft.engine.safetensors.SafetensorsException if an input is not sound
     * @throws io.graft.engine.safetensors.compatibility.IncompatibleWeightsException with every reason why the models do
     *     not go together
     * @throws NonFiniteWeightsException on NaN or infinity in grafted inputs or in the output
     * @throws NotADifferenceException if the stored difference is none
     * @throws OutputExistsException if the output folder holds weights
     * @throws io.graft.engine.weights.pipeline.TransferCancelledException if stopped
     */
    public static GraftResult run(GraftRequest request, TransferProgress progress) throws IOException {
        return switch (request.source()) {
            case GraftSource.ThreeModels models -> {
                try (Checkpoint base = Checkpoint.open(models.base());
                        Checkpoint tuned = Checkpoint.open(models.tuned());
                        Checkpoint target = Checkpoint.open(request.target())) {
                    GraftPlan plan =
                            GraftPlan.check(base.listing(), tuned.listing(), target.listing(), request.rules());
                    yield graft(request, plan, base, tuned, target, progress);
                }
            }
            case GraftSource.StoredDifference stored -> {
                try (Checkpoint difference = Checkpoint.open(stored.path());
                        Checkpoint target = Checkpoint.open(request.target())) {
                    Set<String> untouched =
                            Set.copyOf(DiffMetadata.read(difference).untouched());
                    GraftPlan plan = GraftPlan.checkDifference(
                            difference.listing(), untouched, target.listing(), request.rules());
                    yield graft(request, plan, null, difference, target, progress);
                }
            }
        };
    }

    private static GraftResult graft(
            GraftRequest request,
            GraftPlan plan,
            @Nullable Checkpoint base,
            Checkpoint tuned,
            Checkpoint target,
            TransferProgress progress)
            throws IOException {
        List<TensorJob> jobs = new ArrayList<>();
        for (PlannedTensor tensor : plan.orThrow().tensors()) {
            String name = tensor.output().name();
            jobs.add(new TensorJob(
                    tensor,
                    jobs.size(),
                    base == null
                            ? null
                            : TensorHandle.find(base, plan.prefixes().getFirst().stored(name)),
                    TensorHandle.find(tuned, plan.prefixes().getLast().stored(name)),
                    TensorHandle.find(target, name),
                    TensorJob.tallyFor(tensor)));
        }
        TransferRun run = new TransferRun(request.output(), "model", Map.of("format", "pt"), request.settings());
        List<WrittenFile> files = run.execute(jobs, request.lambda(), progress);
        ModelSides sides = base == null ? ModelSides.DIFFERENCE_TARGET : ModelSides.BASE_TUNED_TARGET;
        return new GraftResult(files, TransferRun.diagnose(jobs, sides));
    }
}
