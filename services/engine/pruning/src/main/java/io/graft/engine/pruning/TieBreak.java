package io.graft.engine.pruning;

/** Which of several classes with equally many votes comes first. */
public enum TieBreak {
    /** The one that the target's samples take for likeliest on average, then the lower number. */
    SOFT_PROB,
    /** The lower number. */
    CLASS_ID,
    /** Chance, by the seed. */
    RANDOM
}
