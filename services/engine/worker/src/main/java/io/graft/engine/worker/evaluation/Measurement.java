package io.graft.engine.worker.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one model scored.
 *
 * @param metrics over all rows, by name: the job's result
 * @param rows position of each example among the rows that are measured on, from 0 and ascending; not to be changed
 * @param examples the metrics that have a value on each example, the foremost first
 * @param predictions of a classifier; null for others
 * @param figures the metrics that can be compared though no row has a value of them
 * @param extras what is committed and shown beside the numbers
 */
record Measurement(
        SortedMap<String, Double> metrics,
        int[] rows,
        List<ExampleMetric> examples,
        @Nullable Predictions predictions,
        List<CorpusFigure> figures,
        Extras extras) {
    Measurement {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        examples = List.copyOf(examples);
        figures = List.copyOf(figures);
    }

    Measurement(Map<String, Double> metrics, int[] rows, List<ExampleMetric> examples) {
        this(new TreeMap<>(metrics), rows, examples, null, List.of());
    }

    Measurement(
            SortedMap<String, Double> metrics,
            int[] rows,
            List<ExampleMetric> examples,
            @Nullable Predictions predictions,
            List<CorpusFigure> figures) {
        this(metrics, rows, examples, predictions, figures, Extras.NONE);
    }

    /** The metric of a name, if it has a value on each example. */
    Optional<ExampleMetric> metric(String name) {
        return examples.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }

    /** Everything that comparisons and gates can take, the foremost first. */
    List<RowsMetric> comparable() {
        return Stream.<RowsMetric>concat(examples.stream(), figures.stream()).toList();
    }

    /** The metric of a name, if comparisons and gates can take it. */
    Optional<RowsMetric> comparable(String name) {
        return comparable().stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst();
    }
}
