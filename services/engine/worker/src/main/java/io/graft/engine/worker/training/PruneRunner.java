package io.graft.engine.worker.training;

import io.graft.engine.data.InputReader;
import io.graft.engine.data.Limits;
import io.graft.engine.pruning.Budget;
import io.graft.engine.pruning.PruneOrder;
import io.graft.engine.pruning.Pruning;
import io.graft.engine.pruning.PruningInputs;
import io.graft.engine.pruning.PruningMethod;
import io.graft.engine.pruning.Rows;
import io.graft.engine.pruning.RowsOf;
import io.graft.engine.pruning.SourceSamples;
import io.graft.engine.pruning.TargetSplit;
import io.graft.engine.pruning.TieBreak;
import io.graft.engine.tensors.Torch;
import io.graft.engine.worker.JobOutput;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.JobRunner;
import io.graft.engine.worker.JobSpec;
import io.graft.engine.worker.OutputFolder;
import io.graft.engine.worker.training.FeatureModel.Wanted;
import io.graft.platform.datasets.Dataset;
import io.graft.platform.datasets.selection.RowSelection;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.LongRows;
import io.graft.v1.Manifest;
import io.graft.v1.PruneSpec;
import io.graft.v1.TrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs of kind {@code prune}: a version of a data set with the rows of another that pay for a target. */
public final class PruneRunner implements JobRunner {
    private static final int LEAST_LENGTH = 2;

    /** For ServiceLoader. */
    public PruneRunner() {}

    @Override
    public String kind() {
        return "prune";
    }

    @Override
    public boolean reads(AssignmentInput input, String path) {
        return true;
    }

    @Override
    public long outputBytes(Map<String, Manifest> inputs) {
        return inputs.getOrDefault(Roles.SOURCE, Manifest.getDefaultInstance()).getFilesList().stream()
                .mapToLong(file -> file.getSize())
                .sum();
    }

    @Override
    public JobOutput run(JobRun run) throws IOException {
        PruneSpec spec = JobSpec.of(run.assignment(), PruneSpec.class);
        run.stop().poll();
        try {
            PruningMethod.Chosen method =
                    PruningMethod.choose(spec.getMethod().getName(), MethodParams.of(spec.getMethod()));
            Scored scored = method.needs().isEmpty()
                    ? new Scored(spec.getSource().getClassesList(), null, Map.of(), 0)
                    : Computation.with(spec.getSeed(), torch -> score(torch, run, spec, method));
            return written(run, spec, method, scored);
        } catch (RuntimeException e) {
            throw ComputeRefusals.explained(e);
        }
    }

    /**
     * What a method may look at.
     *
     * @param classes of the source, in the order of the surrogate's scores
     * @param seconds that computing it took
     */
    private record Scored(List<String> classes, @Nullable TargetSplit target, Map<RowsOf, Rows> rows, double seconds) {}

    private static Scored score(Torch torch, JobRun run, PruneSpec spec, PruningMethod.Chosen method)
            throws IOException {
        long begun = System.nanoTime();
        Path folder = run.input(Roles.SURROGATE).folder();
        DataRows source = rows(run, spec, Roles.SOURCE, spec.getSource());
        DataRows target = spec.hasTarget() ? rows(run, spec, Roles.TARGET, spec.getTarget()) : null;
        TargetSplit voters = target == null ? null : TargetVoters.of(target);
        boolean pictures = source.arePictures();
        Path scratch = Files.createDirectories(run.output().resolveSibling("scores"));
        run.progress().begin("score", 0);
        try (Tokenizing tokenizing = Tokenizing.open(folder, pictures)) {
            FeatureModel surrogate = FeatureModel.open(torch, folder, tokenizing, Wanted.head(pictures))
                    .withHead();
            boolean scores = method.needs().contains(RowsOf.SOURCE_LOGITS)
                    || method.needs().contains(RowsOf.TARGET_LOGITS);
            List<String> classes = scores
                    ? SourceClasses.inOrder(spec.getSource().getClassesList(), surrogate.labels())
                    : spec.getSource().getClassesList();
            SurrogateScores computed = new SurrogateScores(
                    run,
                    surrogate,
                    new InputBatches(folder, tokenizing.tokenizer(), spec.getBatchSize()),
                    method.needs());
            computed.score(source, true, new BitSet(), limits(spec, 0), scratch);
            if (target != null && voters != null) {
                computed.score(
                        target,
                        false,
                        TargetVoters.leftOut(voters),
                        limits(spec, voters.used().length()),
                        scratch);
            }
            return new Scored(classes, voters, computed.rows(), (System.nanoTime() - begun) / 1e9);
        }
    }

    private static JobOutput written(JobRun run, PruneSpec spec, PruningMethod.Chosen method, Scored scored)
            throws IOException {
        DataRows source = rows(run, spec, Roles.SOURCE, spec.getSource());
        SourceSamples samples = samples(source, scored.classes());
        Budget budget = Budget.of(
                spec.hasPruneRatio() ? spec.getPruneRatio() : null,
                spec.hasKeepClasses() ? spec.getKeepClasses() : null);
        PruningInputs inputs = new PruningInputs(samples, scored.target(), scored.rows());
        Pruning pruning = method.prune(inputs, new PruneOrder(budget, ties(spec), spec.getSeed()));
        run.stop().check();
        long begun = System.nanoTime();
        Verified verified = spec.hasVerify()
                ? new Verification(run, spec, scored.classes(), pruning.kept())
                        .verified(ratio -> method.prune(
                                        inputs, new PruneOrder(new Budget.Ratio(ratio), ties(spec), spec.getSeed()))
                                .kept())
                : null;
        double verifying = (System.nanoTime() - begun) / 1e9;
        OutputFolder output = new OutputFolder(run.output());
        output.add(RowSelection.write(
                Dataset.ofFolder(source.folder()),
                spec.getSource().getSplit(),
                pruning.kept()::contains,
                run.output()));
        PrunedRows pruned = new PrunedRows(spec, scored.classes(), samples, pruning, verified);
        PruningManifest manifest = new PruningManifest(run, pruned);
        output.write(PruningManifest.ROWS, manifest.rows());
        output.write(PruningManifest.FILE, manifest.json());
        output.write(PruningPage.FILE, new PruningPage(run, pruned).html());
        Map<String, Double> metrics = pruned.metrics();
        metrics.put("scoring_seconds", scored.seconds());
        if (verified != null) {
            metrics.put("verify_seconds", verifying);
        }
        return new JobOutput(ArtifactKind.ARTIFACT_KIND_UNSPECIFIED, output.files(), metrics);
    }

    private static SourceSamples samples(DataRows source, List<String> classes) throws IOException {
        String split = source.data().getSplit();
        return classes.isEmpty()
                ? SourceSamples.unlabelled(InputReader.count(source.folder(), split, 0))
                : SourceSamples.labelled(
                        classes.size(), InputReader.labels(source.folder(), split, source.roles(), classes, 0));
    }

    private static DataRows rows(JobRun run, PruneSpec spec, String role, TrainingData data) {
        return new DataRows(run.input(role).folder(), data, spec.getMaxLength(), spec.getLongRows(), spec.getSeed());
    }

    private static Limits limits(PruneSpec spec, int mostRows) {
        return new Limits(
                Math.max(LEAST_LENGTH, spec.getMaxLength()), spec.getLongRows() != LongRows.LONG_ROWS_REFUSE, mostRows);
    }

    private static TieBreak ties(PruneSpec spec) {
        return switch (spec.getTies()) {
            case TIE_BREAK_CLASS_ID -> TieBreak.CLASS_ID;
            case TIE_BREAK_RANDOM -> TieBreak.RANDOM;
            case TIE_BREAK_SOFT_PROB, TIE_BREAK_UNSPECIFIED, UNRECOGNIZED -> TieBreak.SOFT_PROB;
        };
    }
}
