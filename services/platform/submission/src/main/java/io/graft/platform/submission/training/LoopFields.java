package io.graft.platform.submission.training;

import io.graft.platform.methods.MethodKind;
import io.graft.platform.submission.SpecFields;
import io.graft.v1.LongRows;
import io.graft.v1.TrainingLoop;

/** Checks how a model is to be trained, and fills in what is not said. Thread-safe. */
public final class LoopFields {
    private static final double MOST_EPOCHS = 1000;
    private static final long MOST_STEPS = 100_000_000;
    private static final int MOST_ROWS = 4096;
    private static final int LONGEST = 1 << 20;
    private static final long LARGEST_SEED = 1L << 53;

    private final MethodChoices methods;

    public LoopFields(MethodChoices methods) {
        this.methods = methods;
    }

    /**
     * The loop with its defaults filled in, but for {@code max_length}, which depends on the model; what is wrong is noted.
     *
     * @param path of the loop in the request, for example {@code spec.loop}
     */
    public TrainingLoop effective(SpecFields fields, String path, TrainingLoop loop) {
        checkLength(fields, path, loop);
        checkCounts(fields, path, loop);
        double norm = loop.hasMaxGradNorm() ? loop.getMaxGradNorm() : 1;
        fields.require(
                Double.isFinite(norm) && norm >= 0,
                path + ".max_grad_norm",
                "is " + norm + "; it is a number from 0, which never scales");
        fields.require(
                loop.getSeed() >= 0 && loop.getSeed() <= LARGEST_SEED,
                path + ".seed",
                "is a whole number from 0 to 2^53");
        fields.require(loop.getLongRows() != LongRows.UNRECOGNIZED, path + ".long_rows", "is none of REFUSE, TRUNCATE");
        TrainingLoop.Builder effective = loop.toBuilder()
                .setOptimizer(methods.effective(
                        fields, path + ".optimizer", MethodKind.OPTIMIZER, loop.getOptimizer(), "adamw"))
                .setSchedule(methods.effective(
                        fields, path + ".schedule", MethodKind.SCHEDULE, loop.getSchedule(), "constant"))
                .setBatchSize(orElse(loop.getBatchSize(), 8))
                .setGradientAccumulation(orElse(loop.getGradientAccumulation(), 1))
                .setMaxGradNorm(norm)
                .setSeed(loop.getSeed())
                .setCheckpointEverySteps(loop.getCheckpointEverySteps() == 0 ? 500 : loop.getCheckpointEverySteps())
                .setLogEverySteps(loop.getLogEverySteps() == 0 ? 10 : loop.getLogEverySteps());
        if (loop.getLongRows() == LongRows.LONG_ROWS_UNSPECIFIED) {
            effective.setLongRows(LongRows.LONG_ROWS_REFUSE);
        }
        if (loop.hasStopping()) {
            effective.setStopping(methods.effective(
                    fields, path + ".stopping", MethodKind.STOPPING, loop.getStopping(), "early_stopping"));
        }
        Rates.check(fields, path, effective.build());
        return effective.build();
    }

    private static void checkLength(SpecFields fields, String path, TrainingLoop loop) {
        switch (loop.getLengthCase()) {
            case EPOCHS ->
                fields.require(
                        loop.getEpochs() > 0 && loop.getEpochs() <= MOST_EPOCHS,
                        path + ".epochs",
                        "is " + loop.getEpochs() + "; it is a number above 0, 1000 at most");
            case MAX_STEPS -> fields.range(path + ".max_steps", loop.getMaxSteps(), 1, MOST_STEPS);
            case LENGTH_NOT_SET ->
                fields.require(false, path + ".epochs", "or max_steps is required: say how long to train");
        }
    }

    private static void checkCounts(SpecFields fields, String path, TrainingLoop loop) {
        fields.range(path + ".batch_size", loop.getBatchSize(), 0, MOST_ROWS);
        fields.range(path + ".gradient_accumulation", loop.getGradientAccumulation(), 0, MOST_ROWS);
        fields.range(path + ".max_length", loop.getMaxLength(), 0, LONGEST);
        fields.range(path + ".eval_every_steps", loop.getEvalEverySteps(), 0, MOST_STEPS);
        fields.range(path + ".checkpoint_every_steps", loop.getCheckpointEverySteps(), 0, MOST_STEPS);
        fields.range(path + ".log_every_steps", loop.getLogEverySteps(), 0, MOST_STEPS);
    }

    private static int orElse(int value, int otherwise) {
        return value == 0 ? otherwise : value;
    }
}
