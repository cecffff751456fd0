package io.graft.engine.training.task;

import io.graft.engine.tensors.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A model with the rows that it learns from and those that it is measured on. Used by the tensor runtime's thread only. */
public interface TrainingTask {
    /** Switches dropout and batch statistics of the model on or off. */
    void training(boolean on);

    /** What rows of a batch make the model read: tokens, or the rows themselves where there are none. */
    long units(int[] rows);

    /** {@code tokens} or {@code rows}. */
    String unit();

    /** How many predictions rows of a batch are trained on. */
    long targets(int[] rows);

    /**
     * The loss of some rows as their part of a step's: the sum over their targets divided by all targets of the step.
     *
     * @param targets of the whole step, at least 1
     * @return a scalar
     */
    Tensor loss(int[] rows, long targets);

    /** Whether there is something to measure on. */
    boolean canEvaluate();

    /**
     * Measures the model as it is, without dropout.
     *
     * @param stop asked between batches; when it says so the measurement ends with {@link EvaluationStoppedException}
     * @return {@code loss}, {@code rows}, and what else the task knows
     */
    Map<String, Double> evaluate(BooleanSupplier stop);

    /**
     * Measures the model as {@link #evaluate} does, row by row.
     *
     * @param stop asked between batches; when it says so the measurement ends with {@link EvaluationStoppedException}
     * @return in the order of the rows; a row that can't be measured, such as one alone in its batch, is left out
     */
    List<RowOutcome> outcomes(BooleanSupplier stop);
}
