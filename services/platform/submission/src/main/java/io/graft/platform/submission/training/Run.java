package io.graft.platform.submission.training;

import io.graft.platform.submission.SpecFields;
import io.graft.v1.TrainingLoop;

/**
 * How long a training is once its rows are known.
 *
 * @param steps optimizer steps
 * @param passes forward passes
 */
public record Run(long steps, double passes) {
    /** The length of a loop over a number of rows. */
    public static Run of(TrainingLoop loop, long rows) {
        long rowsAStep = (long) loop.getBatchSize() * loop.getGradientAccumulation();
        long steps = loop.getLengthCase() == TrainingLoop.LengthCase.MAX_STEPS
                ? loop.getMaxSteps()
                : Math.max(1, (long) Math.ceil(rows * loop.getEpochs() / rowsAStep));
        return new Run(steps, (double) steps * loop.getGradientAccumulation());
    }

    /**
     * Notes what does not fit the length: parts of the schedule, evaluations without rows kept back, and a rule that
     * watches what no evaluation gives.
     *
     * @param path of the loop in the request
     */
    public void check(SpecFields fields, String path, TrainingLoop loop, Task task, boolean holdsBack) {
        Watched.check(fields, path, loop, task);
        Rates.checkParts(fields, path, loop, steps);
        fields.require(
                holdsBack || loop.getEvalEverySteps() == 0,
                path + ".eval_every_steps",
                "needs rows to evaluate on; keep some back with spec.data.holdout");
        fields.require(
                holdsBack || !loop.hasStopping(),
                path + ".stopping",
                "needs rows to evaluate on; keep some back with spec.data.holdout");
    }

    /** Bytes of optimizer state an element that is trained, in float32. */
    public static long stateBytes(TrainingLoop loop) {
        return switch (loop.getOptimizer().getName()) {
            case "adamw" -> 8;
            default -> Params.of(loop.getOptimizer()).number("momentum", 1) == 0 ? 0 : 4;
        };
    }
}
