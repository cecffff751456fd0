package io.graft.engine.training;

/**
 * How long and how a run goes.
 *
 * @param steps optimizer steps of the whole run
 * @param accumulation batches whose gradients make up one step
 * @param maxGradNorm greatest norm of all gradients together; 0 never scales
 * @param evalEvery steps between evaluations; 0 for one at the end
 * @param checkpointEvery steps between checkpoints; 0 for none but those on a stop
 * @param logEvery steps between reports
 */
public record TrainingSettings(
        long steps, int accumulation, double maxGradNorm, long evalEvery, long checkpointEvery, long logEvery) {
    /** Refuses numbers that no run can have. */
    public TrainingSettings {
        if (steps < 1 || accumulation < 1 || logEvery < 1 || evalEvery < 0 || checkpointEvery < 0) {
            throw new IllegalArgumentException("a run has a step, a step a batch, and nothing a negative distance");
        }
        if (!(maxGradNorm >= 0)) {
            throw new IllegalArgumentException("the greatest norm is 0 or more, not " + maxGradNorm);
        }
    }
}
