package io.graft.engine.evaluation;

import java.util.List;

/**
 * A task, measured.
 *
 * @param metrics in the order of the task
 * @param samples one a row, in the order of the rows
 */
public record TaskOutcome(LanguageTask task, List<MeasuredMetric> metrics, List<TaskSample> samples) {
    public TaskOutcome {
        metrics = List.copyOf(metrics);
        samples = List.copyOf(samples);
    }
}
