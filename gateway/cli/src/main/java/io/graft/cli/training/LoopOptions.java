package io.graft.cli.training;

import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.TrainingLoop;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How a model is trained. */
final class LoopOptions {
    @ArgGroup(multiplicity = "1")
    Length length = new Length();

    /** One of the two. */
    static final class Length {
        @Option(names = "--epochs", paramLabel = "X", description = "passes over the rows")
        @Nullable
        Double epochs;

        @Option(names = "--max-steps", paramLabel = "N", description = "optimizer steps")
        @Nullable
        Long maxSteps;
    }

    @Option(names = "--optimizer", paramLabel = "NAME", description = "what changes the weights (default adamw)")
    String optimizer = "";

    @Option(names = "--lr", paramLabel = "X", description = "learning rate; short for --set optimizer.lr=X")
    @Nullable
    Double rate;

    @Option(names = "--schedule", paramLabel = "NAME", description = "how the learning rate goes (default constant)")
    String schedule = "";

    @Option(names = "--stopping", paramLabel = "NAME", description = "what ends the training early (default: nothing)")
    String stopping = "";

    @Option(names = "--batch-size", paramLabel = "N", description = "rows a forward pass (default 8)")
    int batchSize;

    @Option(names = "--accumulate", paramLabel = "N", description = "forward passes a step (default 1)")
    int accumulate;

    @Option(
            names = "--max-grad-norm",
            paramLabel = "X",
            description = "norm above which gradients are scaled down (default 1; 0 never)")
    @Nullable
    Double maxGradNorm;

    @Option(names = "--max-length", paramLabel = "N", description = "tokens a row at most (default 512, or what fits)")
    int maxLength;

    @Option(names = "--truncate", description = "cut longer rows instead of refusing them")
    boolean truncate;

    @Option(names = "--eval-every", paramLabel = "N", description = "steps between evaluations (default: at the end)")
    long evalEvery;

    @Option(names = "--checkpoint-every", paramLabel = "N", description = "steps between checkpoints (default 500)")
    long checkpointEvery;

    @Option(names = "--log-every", paramLabel = "N", description = "steps between reports (default 10)")
    long logEvery;

    @Option(names = "--seed", paramLabel = "N", description = "seed of all randomness (default 0)")
    @Nullable
    Long seed;

    TrainingLoop loop(MethodOptions methods) {
        if (rate != null) {
            methods.values.put("optimizer.lr", rate.toString());
        }
        TrainingLoop.Builder loop = TrainingLoop.newBuilder()
                .setOptimizer(methods.choice("optimizer", optimizer))
                .setSchedule(methods.choice("schedule", schedule))
                .setBatchSize(batchSize)
                .setGradientAccumulation(accumulate)
                .setMaxLength(maxLength)
                .setEvalEverySteps(evalEvery)
                .setCheckpointEverySteps(checkpointEvery)
                .setLogEverySteps(logEvery);
        if (length.epochs != null) {
            loop.setEpochs(length.epochs);
        }
        if (length.maxSteps != null) {
            loop.setMaxSteps(length.maxSteps);
        }
        MethodChoice end = methods.choice("stopping", stopping);
        if (!stopping.isEmpty() || end.hasParams()) {
            loop.setStopping(end);
        }
        if (maxGradNorm != null) {
            loop.setMaxGradNorm(maxGradNorm);
        }
        if (truncate) {
            loop.setLongRows(LongRows.LONG_ROWS_TRUNCATE);
        }
        if (seed != null) {
            loop.setSeed(seed);
        }
        return loop.build();
    }
}
