package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.gate.GateVerdict;
import io.graft.engine.metrics.report.Report.Fact;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an evaluation found out, before it is written down.
 *
 * @param facts what was measured with what
 * @param metrics the job's
 * @param pairing null when nothing was compared
 * @param verdict null without a gate
 */
record EvaluationReport(
        List<Fact> facts,
        SortedMap<String, Double> metrics,
        Measurement measured,
        @Nullable Pairing pairing,
        @Nullable GateVerdict verdict) {
    EvaluationReport {
        facts = List.copyOf(facts);
    }

    /** What the baseline scored. */
    Optional<Measurement> baseline() {
        return Optional.ofNullable(pairing).map(pair -> pair.baseline().measurement());
    }
}
