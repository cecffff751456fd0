package io.graft.engine.worker.representation;

import io.graft.engine.metrics.transferability.HScore;
import io.graft.engine.metrics.transferability.Leep;
import io.graft.engine.metrics.transferability.LogMe;
import io.graft.engine.metrics.transferability.Nce;
import io.graft.engine.metrics.transferability.Normalisation;
import io.graft.engine.metrics.transferability.Tmi;
import io.graft.v1.RankSpec;
import io.graft.v1.TransferabilityMetric;
import java.util.Locale;

/** The metrics that a specification names, between messages and the engine. */
final class RankMetrics {
    private RankMetrics() {}

    /** The metric with the specification's parameters. */
    static io.graft.engine.metrics.transferability.TransferabilityMetric of(
            TransferabilityMetric metric, RankSpec spec) {
        return switch (metric) {
            case TRANSFERABILITY_METRIC_TMI -> tmi(spec);
            case TRANSFERABILITY_METRIC_LEEP -> new Leep();
            case TRANSFERABILITY_METRIC_NCE -> new Nce();
            case TRANSFERABILITY_METRIC_LOGME -> new LogMe();
            case TRANSFERABILITY_METRIC_HSCORE -> new HScore();
            case TRANSFERABILITY_METRIC_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("unknown metric " + metric);
        };
    }

    private static Tmi tmi(RankSpec spec) {
        Tmi.Norm norm = switch (spec.getNorm()) {
            case FEATURE_NORM_L2 -> Tmi.Norm.L2;
            case FEATURE_NORM_MAX, FEATURE_NORM_UNSPECIFIED, UNRECOGNIZED -> Tmi.Norm.MAX;
        };
        Normalisation normalisation = switch (spec.getNormalise()) {
            case FEATURE_NORMALISATION_RMS -> new Normalisation.Rms();
            case FEATURE_NORMALISATION_PCA -> new Normalisation.Pca(spec.getComponents());
            case FEATURE_NORMALISATION_NONE, FEATURE_NORMALISATION_UNSPECIFIED, UNRECOGNIZED ->
                new Normalisation.None();
        };
        return new Tmi(spec.getK(), spec.getMinDist(), norm, normalisation);
    }

    static boolean isTmi(TransferabilityMetric metric) {
        return metric == TransferabilityMetric.TRANSFERABILITY_METRIC_TMI;
    }

    /** Whether it looks at the versions' own classes. */
    static boolean needsHead(TransferabilityMetric metric) {
        return metric == TransferabilityMetric.TRANSFERABILITY_METRIC_LEEP
                || metric == TransferabilityMetric.TRANSFERABILITY_METRIC_NCE;
    }

    /** Its name in the job's metrics. */
    static String name(TransferabilityMetric metric) {
        return metric.name().replace("TRANSFERABILITY_METRIC_", "").toLowerCase(Locale.ROOT);
    }
}
