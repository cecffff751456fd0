package io.graft.engine.worker.evaluation;

import io.graft.engine.tensors.Torch;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Measures models in one way; each call measures the same rows in the same order. */
interface Evaluator {
    /** Names all code and settings between a model's output and its scores: runs of different ones are never compared. */
    String version();

    /**
     * Measures a model.
     *
     * @param stop asked now and then; when it says so the measurement ends with
     *     {@link io.graft.engine.training.task.EvaluationStoppedException}
     * @throws io.graft.platform.error.GraftException {@code NON_FINITE_SCORES} naming the version and the row
     */
    Measurement measure(Torch torch, Contender contender, BooleanSupplier stop) throws IOException;
}
