package io.graft.engine.metrics.gate;

import io.graft.engine.metrics.comparison.Scores;

/**
 * One model's scores on one data set.
 *
 * @param model its name, for messages
 * @param metric the metric's name
 * @param direction which values are good
 * @param dataDigest digest of the examples, their order included
 * @param evaluatorVersion version of all code and settings between the model's output and the scores
 */
public record EvaluationRun(
        String model, String metric, Direction direction, String dataDigest, String evaluatorVersion, Scores scores) {}
