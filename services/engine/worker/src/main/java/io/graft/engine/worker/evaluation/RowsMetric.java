package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.comparison.Scores;
import io.graft.engine.metrics.gate.Direction;

/** A metric over rows that two models can be compared by. */
sealed interface RowsMetric permits ExampleMetric, CorpusFigure {
    /** As in the job's result. */
    String name();

    /** Which values are good. */
    Direction direction();

    /** What comparisons and gates take. */
    Scores scores();
}
