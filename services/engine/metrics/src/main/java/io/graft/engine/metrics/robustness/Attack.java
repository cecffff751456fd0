package io.graft.engine.metrics.robustness;

import java.util.List;

/** Looks for a small change that makes a model err. */
public sealed interface Attack permits MicrobialGeneticAttack, RandomAttack {
    /** The name in specs: {@code MICROBIAL_GA} or {@code RANDOM}. */
    String name();

    /**
     * Attacks one input.
     *
     * @param input values from 0 to 1
     * @param label its true class, which the model should give it
     * @param first directions to try first, each with -1, 0 or 1 a value, such as {@link Surrogate#directions}; may be empty
     * @throws io.graft.engine.metrics.MetricInputException for values or directions out of range
     */
    AttackResult run(Scorer scorer, float[] input, int label, List<byte[]> first, long seed);
}
