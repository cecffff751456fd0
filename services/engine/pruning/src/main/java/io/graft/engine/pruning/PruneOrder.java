package io.graft.engine.pruning;

/**
 * How to prune, whatever the method.
 *
 * @param seed of everything that chance decides; the same seed gives the same samples
 */
public record PruneOrder(Budget budget, TieBreak ties, long seed) {}
