package io.graft.engine.methods.peft;

/**
 * A module that gets an adapter.
 *
 * @param module full dotted name
 * @param rank r, after {@code rank_pattern}
 * @param scaling factor on BA, after {@code alpha_pattern}
 */
public record LoraTarget(String module, int rank, double scaling) {}
