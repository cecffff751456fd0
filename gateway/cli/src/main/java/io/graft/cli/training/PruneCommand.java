package io.graft.cli.training;

import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.Submission;
import io.graft.v1.DataColumns;
import io.graft.v1.LongRows;
import io.graft.v1.PruneSpec;
import io.graft.v1.SubmitPruningRequest;
import io.graft.v1.SurrogateCost;
import io.graft.v1.TieBreak;
import io.graft.v1.TrainingData;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft prune}. */
@Command(
        name = "prune",
        description = "Leave out of a data set what does not pay for a target; makes a version of a data set.")
public final class PruneCommand implements Callable<Integer> {
    /** Which of several classes with equally many votes stays. */
    enum Ties {
        SOFT_PROB,
        CLASS_ID,
        RANDOM
    }

    /** How much stays. */
    static final class Budget {
        @Option(names = "--ratio", paramLabel = "SHARE", description = "the share that goes, 0 to 0.99")
        @Nullable
        Double ratio;

        @Option(names = "--keep-classes", paramLabel = "N", description = "how many classes stay")
        @Nullable
        Integer classes;
    }

    @Option(
            names = "--source",
            required = true,
            paramLabel = "DATASET/N",
            description = "the data set version to prune")
    String source = "";

    @Option(
            names = "--source-split",
            paramLabel = "NAME",
            description = "the split, folder or file to prune; the others stay whole (default: every row)")
    String sourceSplit = "";

    @Option(names = "--target", paramLabel = "DATASET/N", description = "the data set that the model is meant for")
    String target = "";

    @Option(
            names = "--target-split",
            paramLabel = "NAME",
            description = "the rows of the target that are learnt from, never those it is measured on")
    String targetSplit = "";

    @Option(
            names = "--target-holdout",
            paramLabel = "SHARE",
            description = "share of the target's rows that is kept back for evaluation and does not guide the pruning")
    double targetHoldout;

    @Option(
            names = "--method",
            required = true,
            paramLabel = "NAME",
            description = "label_mapping, feature_mapping, moderate, gradient_norm, random")
    String method = "";

    @Option(
            names = "--surrogate",
            paramLabel = "VERSION",
            description = "a classifier that was trained on the source's classes")
    String surrogate = "";

    @ArgGroup(multiplicity = "1")
    Budget budget = new Budget();

    @Option(
            names = "--ties",
            paramLabel = "RULE",
            description =
                    "which of several classes with equally many votes stays: soft_prob (default), class_id, random")
    @Nullable
    Ties ties;

    @Option(
            names = "--output-dataset",
            required = true,
            paramLabel = "DATASET",
            description = "the data set that gets the version; created when absent")
    String output = "";

    @Option(names = "--text-column", paramLabel = "NAME", description = "the text (default text)")
    String text = "";

    @Option(names = "--image-column", paramLabel = "NAME", description = "an image")
    String image = "";

    @Option(names = "--label-column", paramLabel = "NAME", description = "the source's class (default label)")
    String label = "";

    @Option(names = "--seed", paramLabel = "N", description = "seed of what chance decides (default 0)")
    long seed;

    @Option(names = "--batch-size", paramLabel = "N", description = "rows a forward pass (default 32)")
    int batchSize;

    @Option(names = "--max-length", paramLabel = "N", description = "tokens a row at most (default 512, or what fits)")
    int maxLength;

    @Option(names = "--refuse-long", description = "refuse longer rows instead of cutting them")
    boolean refuseLong;

    @Option(
            names = "--surrogate-share",
            paramLabel = "SHARE",
            description = "what the surrogate's training cost, to that of the large model on the whole source")
    double surrogateShare;

    @Option(names = "--targets", paramLabel = "N", description = "targets that share the surrogate (default 1)")
    int targets;

    @Mixin
    VerifyOptions verify = new VerifyOptions();

    @Mixin
    MethodOptions methods = new MethodOptions();

    @Mixin
    Submission submission = new Submission();

    private final Invocation invocation;

    PruneCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        methods.requireKinds("pruning");
        SubmitPruningRequest request = SubmitPruningRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setSpec(spec())
                .setRequestId(submission.creation().requestId())
                .setValidateOnly(submission.creation().validateOnly())
                .putAllLabels(submission.creation().labels())
                .build();
        return submission
                .conclude(invocation, invocation.services().pruning().submitPruning(request))
                .value();
    }

    private PruneSpec spec() {
        PruneSpec.Builder spec = PruneSpec.newBuilder()
                .setSource(rows(source, sourceSplit).setColumns(columns().setLabel(label)))
                .setMethod(methods.choice("pruning", method))
                .setSurrogate(surrogate.isEmpty() ? "" : invocation.names().version(surrogate))
                .setSeed(seed)
                .setOutputDataset(invocation.names().dataset(output))
                .setBatchSize(batchSize)
                .setMaxLength(maxLength);
        if (!target.isEmpty()) {
            TrainingData.Builder rows = rows(target, targetSplit).setColumns(columns());
            if (targetHoldout != 0) {
                rows.getHoldoutBuilder().setFraction(targetHoldout);
            }
            spec.setTarget(rows);
        }
        if (budget.ratio != null) {
            spec.setPruneRatio(budget.ratio);
        } else if (budget.classes != null) {
            spec.setKeepClasses(budget.classes);
        }
        if (ties != null) {
            spec.setTies(TieBreak.valueOf("TIE_BREAK_" + ties.name()));
        }
        if (refuseLong) {
            spec.setLongRows(LongRows.LONG_ROWS_REFUSE);
        }
        if (surrogateShare != 0) {
            spec.setSurrogateCost(
                    SurrogateCost.newBuilder().setTrainingShare(surrogateShare).setTargets(targets));
        }
        verify.into(spec, invocation);
        return spec.build();
    }

    private TrainingData.Builder rows(String dataset, String split) {
        return TrainingData.newBuilder()
                .setDataset(invocation.names().datasetVersion(dataset))
                .setSplit(split);
    }

    private DataColumns.Builder columns() {
        return DataColumns.newBuilder().setText(text).setImage(image);
    }
}
