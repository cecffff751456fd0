package io.graft.engine.metrics.transferability;

import java.time.Duration;

/**
 * One model's place in a ranking.
 *
 * @param wallTime what scoring took, without running the model
 */
public record RankedModel(String model, Transferability score, Duration wallTime) {}
