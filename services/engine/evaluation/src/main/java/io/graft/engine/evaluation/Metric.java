package io.graft.engine.evaluation;

import io.graft.engine.metrics.gate.Direction;

/** A metric of a task. */
public sealed interface Metric permits ChoiceMetric, PerplexityMetric, AnswerMetric {
    /** As lm-evaluation-harness writes it, such as {@code acc_norm}. */
    String metricName();

    /** Which values are good. */
    Direction direction();
}
