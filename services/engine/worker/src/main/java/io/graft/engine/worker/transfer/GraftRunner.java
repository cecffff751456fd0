package io.graft.engine.worker.transfer;

import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.TensorSpec;
import io.graft.engine.safetensors.compatibility.GraftRules;
import io.graft.engine.weights.GraftRequest;
import io.graft.engine.weights.GraftResult;
import io.graft.engine.weights.GraftSource;
import io.graft.engine.weights.WeightGraft;
import io.graft.engine.worker.JobOutput;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.JobRunner;
import io.graft.engine.worker.JobSpec;
import io.graft.engine.worker.ModelFiles;
import io.graft.engine.worker.OutputFolder;
import io.graft.engine.worker.PulledInput;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.GraftSpec;
import io.graft.v1.Manifest;
import io.graft.v1.TokenizerSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs of kind {@code graft}: adds an update to a target and makes a whole model of it. */
public final class GraftRunner implements JobRunner {
    /** For ServiceLoader. */
    public GraftRunner() {}

    @Override
    public String kind() {
        return "graft";
    }

    @Override
    public boolean reads(AssignmentInput input, String path) {
        return ModelFiles.isWeights(path)
                || switch (input.getRole()) {
                    case Roles.TARGET -> ModelFiles.isCarried(path) || ModelFiles.isTokenizer(path);
                    case Roles.FINETUNED, Roles.DIFF -> ModelFiles.isTokenizer(path);
                    default -> false;
                };
    }

    @Override
    public long outputBytes(Map<String, Manifest> inputs) {
        Manifest target = inputs.getOrDefault(Roles.TARGET, Manifest.getDefaultInstance());
        return ModelFiles.weightBytes(target);
    }

    @Override
    public JobOutput run(JobRun run) throws IOException {
        GraftSpec spec = JobSpec.of(run.assignment(), GraftSpec.class);
        double lambda = spec.hasLambda() ? spec.getLambda() : 1;
        EngineRefusals refusals = new EngineRefusals(run.inputs());
        return refusals.explain(() -> {
            refusals.requireSound();
            GraftRules rules = SpecRules.of(spec);
            PulledInput target = run.input(Roles.TARGET);
            List<TensorSpec> before = listing(target.folder());
            OutputSpace.require(run.output(), before, rules.outputDtype());
            run.progress().begin(kind(), 0);
            GraftResult result = WeightGraft.run(
                    new GraftRequest(
                            source(run),
                            target.folder(),
                            run.output(),
                            lambda,
                            rules,
                            SpecRules.settings(spec.getMaxShardBytes())),
                    new EngineProgress(run));
            ZeroUpdate.refuse(result.diagnostics());
            OutputFolder output = new OutputFolder(run.output());
            output.written(result.files());
            writeConfig(output, target, before, listing(run.output()), rules);
            output.copy(target, path -> ModelFiles.isCarried(path) && !path.equals(ModelFiles.CONFIG));
            @Nullable PulledInput tokenizer = copyTokenizer(output, run, spec);
            output.write(
                    ModelFiles.OWN_FOLDER + "diagnostics.json",
                    result.diagnostics().toJson());
            output.write(ModelFiles.MODEL_CARD, card(run, spec, lambda, tokenizer));
            return new JobOutput(ArtifactKind.ARTIFACT_KIND_FULL, output.files());
        });
    }

    private static GraftSource source(JobRun run) {
        return run.find(Roles.DIFF)
                .<GraftSource>map(diff -> new GraftSource.StoredDifference(diff.folder()))
                .orElseGet(() -> new GraftSource.ThreeModels(
                        run.input(Roles.BASE).folder(),
                        run.input(Roles.FINETUNED).folder()));
    }

    private static List<TensorSpec> listing(Path folder) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return checkpoint.listing();
        }
    }

    private static void writeConfig(
            OutputFolder output, PulledInput target, List<TensorSpec> before, List<TensorSpec> after, GraftRules rules)
            throws IOException {
        Path config = target.folder().resolve(ModelFiles.CONFIG);
        if (Files.exists(config)) {
            String text = Files.readString(config, StandardCharsets.UTF_8);
            output.write(ModelFiles.CONFIG, ModelConfig.adapt(text, before, after, rules.outputDtype()));
        }
    }

    /** The tokenizer of the side that was asked for; the target's when that side carries none. */
    private static @Nullable PulledInput copyTokenizer(OutputFolder output, JobRun run, GraftSpec spec)
            throws IOException {
        PulledInput target = run.input(Roles.TARGET);
        PulledInput source =
                run.find(Roles.FINETUNED).or(() -> run.find(Roles.DIFF)).orElse(target);
        PulledInput wanted = spec.getTokenizerFrom() == TokenizerSource.TOKENIZER_SOURCE_TARGET ? target : source;
        for (PulledInput side : List.of(wanted, target)) {
            if (output.copy(side, ModelFiles::isTokenizer)) {
                return side;
            }
        }
        return null;
    }

    private static String card(JobRun run, GraftSpec spec, double lambda, @Nullable PulledInput tokenizer) {
        String update = run.find(Roles.DIFF).isPresent() ? "diff" : "(source_finetuned - source_base)";
        List<ModelCard.Fact> facts = new ArrayList<>();
        facts.add(new ModelCard.Fact("lambda", Double.toString(lambda)));
        facts.add(new ModelCard.Fact(
                "tokenizer", tokenizer == null ? "none" : tokenizer.input().getRole()));
        facts.add(new ModelCard.Fact(
                "vocabulary policy", spec.getVocabularyPolicy().name().replace("VOCABULARY_POLICY_", "")));
        facts.add(new ModelCard.Fact(
                "output type", spec.getOutputDtype().isEmpty() ? "the target's" : spec.getOutputDtype()));
        TransferFacts.selection(facts, spec.getIncludeList(), spec.getExcludeList());
        return ModelCard.graft(run.inputs(), "target + " + lambda + " x " + update, facts);
    }
}
