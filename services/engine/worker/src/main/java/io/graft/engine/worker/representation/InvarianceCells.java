package io.graft.engine.worker.representation;

import io.graft.engine.metrics.comparison.Interval;
import io.graft.engine.metrics.representation.CkaInterval;
import io.graft.engine.metrics.representation.Invariance;
import io.graft.engine.metrics.representation.InvarianceMetric;
import io.graft.v1.ConfidenceInterval;
import io.graft.v1.InvarianceCell;
import io.graft.v1.InvarianceSpec;

/** Compares two draws of a change, as a specification says. */
final class InvarianceCells {
    private InvarianceCells() {}

    /** The value and its interval. */
    static InvarianceCell.Builder of(InvarianceSpec spec, double[][] first, double[][] second) {
        return switch (spec.getMetric()) {
            case INVARIANCE_METRIC_L2, INVARIANCE_METRIC_UNSPECIFIED, UNRECOGNIZED ->
                ratio(spec, first, second, InvarianceMetric.L2);
            case INVARIANCE_METRIC_COS -> ratio(spec, first, second, InvarianceMetric.COSINE);
            case INVARIANCE_METRIC_DOTPROD -> ratio(spec, first, second, InvarianceMetric.DOT_PRODUCT);
            case INVARIANCE_METRIC_CKA -> {
                CkaInterval cka = CkaInterval.of(first, second);
                yield cell(cka.value(), cka.interval());
            }
        };
    }

    private static InvarianceCell.Builder ratio(
            InvarianceSpec spec, double[][] first, double[][] second, InvarianceMetric metric) {
        Invariance invariance = Invariance.of(first, second, metric, spec.getSeedA());
        return cell(invariance.ratio(), invariance.interval());
    }

    private static InvarianceCell.Builder cell(double value, Interval interval) {
        return InvarianceCell.newBuilder()
                .setValue(value)
                .setInterval(ConfidenceInterval.newBuilder()
                        .setLow(interval.low())
                        .setHigh(interval.high())
                        .setLevel(interval.level()));
    }
}
