package io.graft.engine.worker.transfer;

import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.compatibility.GraftRules;
import io.graft.engine.weights.DiffExtraction;
import io.graft.engine.weights.DiffRequest;
import io.graft.engine.weights.DiffResult;
import io.graft.engine.worker.JobOutput;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.JobRunner;
import io.graft.engine.worker.JobSpec;
import io.graft.engine.worker.ModelFiles;
import io.graft.engine.worker.OutputFolder;
import io.graft.engine.worker.PulledInput;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.DiffSpec;
import io.graft.v1.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Jobs of kind {@code diff}: takes the update out of a fine-tuned model. The result carries the fine-tuned model's
 * configuration and tokenizer, so that a later graft can hand them on.
 */
public final class DiffRunner implements JobRunner {
    /** For ServiceLoader. */
    public DiffRunner() {}

    @Override
    public String kind() {
        return "diff";
    }

    @Override
    public boolean reads(AssignmentInput input, String path) {
        return ModelFiles.isWeights(path) || (input.getRole().equals(Roles.FINETUNED) && isKept(path));
    }

    @Override
    public long outputBytes(Map<String, Manifest> inputs) {
        Manifest finetuned = inputs.getOrDefault(Roles.FINETUNED, Manifest.getDefaultInstance());
        return ModelFiles.weightBytes(finetuned);
    }

    @Override
    public JobOutput run(JobRun run) throws IOException {
        DiffSpec spec = JobSpec.of(run.assignment(), DiffSpec.class);
        PulledInput base = run.input(Roles.BASE);
        PulledInput finetuned = run.input(Roles.FINETUNED);
        EngineRefusals refusals = new EngineRefusals(run.inputs());
        return refusals.explain(() -> {
            refusals.requireSound();
            GraftRules rules = SpecRules.of(spec);
            try (Checkpoint tensors = Checkpoint.open(base.folder())) {
                Dtype dtype = Objects.requireNonNullElse(rules.outputDtype(), Dtype.F32);
                OutputSpace.require(run.output(), tensors.listing(), dtype);
            }
            run.progress().begin(kind(), 0);
            DiffResult result = DiffExtraction.run(
                    new DiffRequest(
                            base.folder(),
                            finetuned.folder(),
                            run.output(),
                            rules,
                            base.input().getDigest(),
                            finetuned.input().getDigest(),
                            SpecRules.settings(spec.getMaxShardBytes())),
                    new EngineProgress(run));
            ZeroUpdate.refuse(result.diagnostics());
            OutputFolder output = new OutputFolder(run.output());
            output.written(result.files());
            output.copy(finetuned, DiffRunner::isKept);
            output.write(
                    ModelFiles.OWN_FOLDER + "diagnostics.json",
                    result.diagnostics().toJson());
            output.write(ModelFiles.MODEL_CARD, card(run, spec, result));
            return new JobOutput(ArtifactKind.ARTIFACT_KIND_DIFF, output.files());
        });
    }

    private static boolean isKept(String path) {
        return path.equals(ModelFiles.CONFIG) || ModelFiles.isTokenizer(path);
    }

    private static String card(JobRun run, DiffSpec spec, DiffResult result) {
        List<ModelCard.Fact> facts = new ArrayList<>();
        facts.add(new ModelCard.Fact("output type", result.metadata().dtype().name()));
        TransferFacts.selection(facts, spec.getIncludeList(), spec.getExcludeList());
        return ModelCard.diff(run.inputs(), facts);
    }
}
