package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.comparison.ExampleScores;
import io.graft.engine.metrics.comparison.PairedCounts;
import io.graft.engine.metrics.gate.EvaluationRun;
import io.graft.engine.metrics.gate.Gate;
import io.graft.engine.metrics.gate.GateQuestion;
import io.graft.engine.metrics.gate.GateVerdict;
import io.graft.engine.metrics.gate.RunPair;
import io.graft.engine.worker.training.DataRows;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.GateRule;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Two versions, or two predictions, measured on the same rows in the same way.
 *
 * @param data digest of the rows and how they were read
 * @param evaluator version of what measured them
 */
record Pairing(Measured candidate, Measured baseline, String data, String evaluator) {
    private static final String BASELINE = "baseline_";

    /** A version, or other predictions, by name, and what it scored. */
    record Measured(String name, Measurement measurement) {}

    /**
     * @throws GraftException {@code NOT_COMPARABLE} when values on rows do not mean the same
     */
    Pairing {
        boolean sameRows = Arrays.equals(
                candidate.measurement().rows(), baseline.measurement().rows());
        require(sameRows, candidate, baseline, "rows", "other rows have something to predict");
        for (ExampleMetric metric : candidate.measurement().examples()) {
            boolean alike = baseline.measurement()
                    .metric(metric.name())
                    .filter(other -> Arrays.equals(other.weights(), metric.weights()))
                    .isPresent();
            require(
                    alike,
                    candidate,
                    baseline,
                    metric.name(),
                    "they cut texts into different tokens; compare versions that share a tokenizer");
        }
    }

    private static void require(boolean holds, Measured candidate, Measured baseline, String what, String why) {
        if (!holds) {
            String one = candidate.name();
            String other = baseline.name();
            throw new GraftException(
                    ErrorCode.NOT_COMPARABLE,
                    "The " + what + " of " + one + " and " + other + " can't be compared: " + why,
                    Map.of("candidate", one, "baseline", other, "metric", what));
        }
    }

    /** The candidate's metrics, the baseline's, and the rows that only one of them has right. */
    SortedMap<String, Double> metrics() {
        SortedMap<String, Double> metrics =
                new TreeMap<>(candidate.measurement().metrics());
        baseline.measurement().metrics().forEach((name, value) -> metrics.put(BASELINE + name, value));
        metrics.remove(BASELINE + "rows");
        for (ExampleMetric metric : candidate.measurement().examples()) {
            if (metric.scores() instanceof ExampleScores own
                    && other(metric).scores() instanceof ExampleScores others
                    && own.isBinary()
                    && others.isBinary()) {
                PairedCounts counts = PairedCounts.of(own, others);
                metrics.put("gained", (double) counts.onlyCandidate());
                metrics.put("forgotten", (double) counts.onlyBaseline());
                break;
            }
        }
        return metrics;
    }

    /**
     * The two as comparisons and gates take them.
     *
     * @throws GraftException {@code INVALID_REQUEST} when the metric can't be compared
     */
    RunPair runs(String name) {
        return new RunPair("all rows", run(candidate, name), run(baseline, name));
    }

    /**
     * What a gate decides.
     *
     * @param rows those that were measured on
     * @throws GraftException when the metric can't be compared, or a subset of the rule has no row
     */
    GateVerdict decide(GateRule rule, DataRows rows) throws IOException {
        GateQuestion question = new GateQuestion(
                runs(rule.getMetric()),
                RowSubsets.of(
                        rows, rule.getSubsetsList(), candidate.measurement().rows()),
                List.of());
        return Gate.DEFAULT.decide(GateMessages.rule(rule), question);
    }

    private ExampleMetric other(ExampleMetric metric) {
        return baseline.measurement().metric(metric.name()).orElseThrow();
    }

    private EvaluationRun run(Measured measured, String name) {
        RowsMetric metric = measured.measurement()
                .comparable(name)
                .orElseThrow(() -> new GraftException(
                        ErrorCode.INVALID_REQUEST,
                        "The metric '" + name + "' can't be compared, but "
                                + measured.measurement().comparable().stream()
                                        .map(RowsMetric::name)
                                        .toList(),
                        Map.of("metric", name)));
        return new EvaluationRun(measured.name(), name, metric.direction(), data, evaluator, metric.scores());
    }
}
