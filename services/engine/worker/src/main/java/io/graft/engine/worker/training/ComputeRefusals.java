package io.graft.engine.worker.training;

import io.graft.engine.data.DataException;
import io.graft.engine.methods.peft.AdapterException;
import io.graft.engine.metrics.MetricInputException;
import io.graft.engine.models.ModelException;
import io.graft.engine.pruning.PruningException;
import io.graft.engine.pruning.PruningProblem;
import io.graft.engine.safetensors.SafetensorsException;
import io.graft.engine.training.DivergedException;
import io.graft.engine.training.task.EvaluationStoppedException;
import io.graft.engine.worker.StoppedException;
import io.graft.platform.datasets.row.DatasetException;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.methods.MethodParameterException;
import java.util.Map;

/** Turns what the engine refuses into reasons for the job's owner. */
public final class ComputeRefusals {
    private ComputeRefusals() {}

    /** The same, with a reason for the job's owner where the engine knows one. */
    public static RuntimeException explained(RuntimeException thrown) {
        return switch (thrown) {
            case DivergedException e ->
                new GraftException(
                        ErrorCode.DIVERGED,
                        String.valueOf(e.getMessage()),
                        Map.of(
                                "step", Long.toString(e.step()),
                                "statistic", e.statistic(),
                                "value", Double.toString(e.value())));
            case DataException e -> refused(ErrorCode.MALFORMED_DATASET, e);
            case ModelException e -> refused(ErrorCode.MALFORMED_MODEL, e);
            case AdapterException e -> refused(ErrorCode.ADAPTER_MISMATCH, e);
            case MethodParameterException e -> refused(ErrorCode.INVALID_REQUEST, e);
            case PruningException e -> refused(code(e.problem()), e);
            case MetricInputException e -> refused(ErrorCode.INVALID_REQUEST, e);
            case DatasetException e -> refused(ErrorCode.MALFORMED_DATASET, e);
            case SafetensorsException e -> refused(ErrorCode.MALFORMED_SAFETENSORS, e);
            case EvaluationStoppedException e -> new StoppedException(e);
            default -> thrown;
        };
    }

    private static ErrorCode code(PruningProblem problem) {
        return switch (problem) {
            case LABELS_MISSING, LABEL_RANGE, SOURCE_EMPTY, TARGET_EMPTY, ROW_COUNT, CLUSTERS ->
                ErrorCode.MALFORMED_DATASET;
            case NOT_FINITE -> ErrorCode.NON_FINITE_WEIGHTS;
            case SURROGATE_CLASSES, DIMENSION -> ErrorCode.ARCHITECTURE_MISMATCH;
            case BUDGET_CHOICE, RATIO_RANGE, CLASSES_TO_KEEP, CLASSES_UNSUPPORTED, NOTHING_KEPT, ROWS_MISSING, LEAK ->
                ErrorCode.INVALID_REQUEST;
        };
    }

    private static GraftException refused(ErrorCode code, RuntimeException e) {
        return new GraftException(code, String.valueOf(e.getMessage()), e);
    }
}
