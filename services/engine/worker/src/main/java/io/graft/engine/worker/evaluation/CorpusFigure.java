package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.comparison.Scores;
import io.graft.engine.metrics.gate.Direction;

/** A metric over all rows together that no single row has a value of, such as macro F1 or BLEU. */
record CorpusFigure(String name, Direction direction, Scores scores) implements RowsMetric {}
