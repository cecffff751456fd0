package io.graft.cli.training;

import com.google.protobuf.Struct;
import com.google.protobuf.util.Values;
import io.graft.cli.failure.CommandException;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.MethodChoice;
import io.graft.v1.PruneSpec;
import io.graft.v1.PruneVerification;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether, and how, it is found out that what a pruning leaves is enough. */
final class VerifyOptions {
    @Option(
            names = "--verify",
            description =
                    "train a small network on the whole source, on what stays and on as many rows by chance, and compare"
                            + " them on the target")
    boolean verify;

    @Option(
            names = "--verify-model",
            paramLabel = "VERSION",
            description = "verify: the version whose network is trained anew (default: the surrogate)")
    String model = "";

    @Option(names = "--verify-steps", paramLabel = "N", description = "verify: optimizer steps on the whole source")
    long steps;

    @Option(
            names = "--verify-epochs",
            paramLabel = "X",
            description = "verify: passes over the rows, in place of steps")
    double epochs;

    @Option(names = "--verify-lr", paramLabel = "RATE", description = "verify: learning rate of AdamW")
    @Nullable
    Double rate;

    @Option(names = "--verify-batch-size", paramLabel = "N", description = "verify: rows an optimizer step (default 8)")
    int batchSize;

    @Option(
            names = "--verify-target",
            paramLabel = "DATASET/N",
            description = "verify: the labelled target (default: that of --target)")
    String target = "";

    @Option(
            names = "--verify-split",
            paramLabel = "NAME",
            description = "verify: the rows of the target that are learnt from (default: those of --target-split)")
    String split = "";

    @Option(
            names = "--verify-label-column",
            paramLabel = "NAME",
            description = "verify: the target's class (default label)")
    String label = "";

    @Option(
            names = "--verify-holdout",
            paramLabel = "SHARE|SPLIT",
            description =
                    "verify: the rows of the target that are measured on: a share of them, or a split such as test"
                            + " (default: those that --target-holdout keeps back)")
    String holdout = "";

    @Option(
            names = "--verify-seed",
            paramLabel = "N",
            description = "verify: a seed of the trainings; may be repeated (default 0, 1, 2)")
    List<Long> seeds = new ArrayList<>();

    @Option(
            names = "--verify-tolerance",
            paramLabel = "X",
            description = "verify: how much accuracy may fall (default 0.01)")
    @Nullable
    Double tolerance;

    @Option(
            names = "--verify-ratio",
            paramLabel = "SHARE",
            description = "verify: another ratio to try, in search of the greatest that loses nothing; may be repeated")
    List<Double> ratios = new ArrayList<>();

    /** Puts what was asked for into a specification. */
    void into(PruneSpec.Builder spec, Invocation invocation) {
        if (!verify) {
            requireNothing();
            return;
        }
        PruneVerification.Builder asked = spec.getVerifyBuilder()
                .setModel(model.isEmpty() ? "" : invocation.names().version(model))
                .addAllSeeds(seeds)
                .addAllRatios(ratios);
        asked.getLoopBuilder().setBatchSize(batchSize);
        if (steps != 0) {
            asked.getLoopBuilder().setMaxSteps(steps);
        }
        if (epochs != 0) {
            asked.getLoopBuilder().setEpochs(epochs);
        }
        if (rate != null) {
            asked.getLoopBuilder()
                    .setOptimizer(MethodChoice.newBuilder()
                            .setName("adamw")
                            .setParams(Struct.newBuilder().putFields("lr", Values.of(rate))));
        }
        asked.getTargetBuilder()
                .setDataset(target.isEmpty() ? "" : invocation.names().datasetVersion(target))
                .setSplit(split);
        asked.getTargetBuilder().getColumnsBuilder().setLabel(label);
        DataOptions.holdout(asked.getTargetBuilder(), holdout);
        if (tolerance != null) {
            asked.setTolerance(tolerance);
        }
    }

    private void requireNothing() {
        boolean any = !(model + target + split + label + holdout).isEmpty()
                || steps != 0
                || epochs != 0
                || rate != null
                || batchSize != 0
                || tolerance != null
                || !seeds.isEmpty()
                || !ratios.isEmpty();
        if (any) {
            throw CommandException.usage("Options of the verification go with --verify");
        }
    }
}
