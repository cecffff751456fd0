package io.graft.engine.evaluation;

/**
 * How likely a continuation is.
 *
 * @param sum of its tokens' log-probabilities, in nats
 * @param greedy whether each of its tokens is the most likely one
 */
public record LogLikelihood(double sum, boolean greedy) {}
