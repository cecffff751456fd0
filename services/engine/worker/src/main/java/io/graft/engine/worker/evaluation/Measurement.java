package io.graft.engine.worker.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one model scored.
 *
 * @param metrics over all rows, by name: the job's result
 * @param rows position of each example among the rows that are measured on, from 0 and ascending; not to be changed
 * @param examples the metrics that have a value on each example, the foremost first
 * @param predictions of a classifier; null for others
 */
record Measurement(
        SortedMap<String, Double> metrics,
        int[] rows,
        List<ExampleMetric> examples,
        @Nullable Predictions predictions) {
    Measurement {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        examples = List.copyOf(examples);
    }

    Measurement(Map<String, Double> metrics, int[] rows, List<ExampleMetric> examples) {
        this(new TreeMap<>(metrics), rows, examples, null);
    }

    /** The metric of a name, if it has a value on each example. */
    Optional<ExampleMetric> metric(String name) {
        return examples.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }
}
