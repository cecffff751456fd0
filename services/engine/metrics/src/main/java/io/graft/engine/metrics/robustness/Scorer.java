package io.graft.engine.metrics.robustness;

/** A model loaded in this process, asked for probabilities only. */
@FunctionalInterface
public interface Scorer {
    /**
     * The probability of each class.
     *
     * @param input values from 0 to 1; not kept and not changed
     */
    float[] probabilities(float[] input);
}
