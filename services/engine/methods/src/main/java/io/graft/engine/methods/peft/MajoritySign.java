package io.graft.engine.methods.peft;

/** How adapters elect the sign of an element. */
public enum MajoritySign {
    /** By the sum of their values. */
    TOTAL,
    /** By the number of each sign. */
    FREQUENCY
}
