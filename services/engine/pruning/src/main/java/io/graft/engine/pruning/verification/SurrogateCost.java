package io.graft.engine.pruning.verification;

import io.graft.engine.pruning.KeptSamples;

/**
 * What pruning costs beside what it saves. All costs are in one unit, such as seconds or floating-point operations.
 *
 * @param training of the surrogate; 0 if it existed anyway
 * @param scoring of computing the rows that the method read, and of the method itself; each target pays it
 * @param fullTraining of the large model on the whole source
 */
public record SurrogateCost(double training, double scoring, double fullTraining) {
    /** Refuses costs that are negative or not finite, and a full training for nothing. */
    public SurrogateCost {
        if (!(training >= 0
                && scoring >= 0
                && fullTraining > 0
                && training + scoring + fullTraining < Double.MAX_VALUE)) {
            throw new IllegalArgumentException("costs are " + training + ", " + scoring + " and " + fullTraining
                    + "; none may be negative, and a full training costs something");
        }
    }

    /**
     * How many times cheaper a target gets when the surrogate's training is shared, with everything counted; below 1 it is
     * dearer.
     *
     * @param targets that share one surrogate, at least 1
     */
    public double netSpeedUp(KeptSamples kept, int targets) {
        return fullTraining / (training / targets + scoring + fullTraining / kept.expectedSpeedUp());
    }

    /** The least number of targets for which it pays; 0 if it never does. */
    public long targetsToPay(KeptSamples kept) {
        double saved = fullTraining - fullTraining / kept.expectedSpeedUp() - scoring;
        return saved <= 0 ? 0 : Math.max(1, (long) Math.floor(training / saved) + 1);
    }
}
