package io.graft.evaluation.domain;

import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.DataFields;
import io.graft.platform.submission.training.Task;
import io.graft.v1.FeatureNorm;
import io.graft.v1.FeatureNormalisation;
import io.graft.v1.LongRows;
import io.graft.v1.RankSpec;
import io.graft.v1.TransferabilityMetric;
import java.util.HashSet;
import java.util.List;

/** Checks the fields of a ranking and fills in what is not said, before any version is looked up. */
final class RankFields {
    private static final int MOST_VERSIONS = 20;
    private static final int MOST_NEIGHBOURS = 100;
    private static final int STANDARD_NEIGHBOUR = 3;
    private static final int MOST_SAMPLES = 10_000;
    private static final int FEWEST_SAMPLES = 10;
    private static final int STANDARD_SAMPLES = 2000;
    private static final List<TransferabilityMetric> STANDARD_METRICS = List.of(
            TransferabilityMetric.TRANSFERABILITY_METRIC_TMI, TransferabilityMetric.TRANSFERABILITY_METRIC_LOGME);

    private RankFields() {}

    /** The specification with its defaults; what is wrong is noted. */
    static RankSpec effective(SpecFields fields, RankSpec spec) {
        versions(fields, spec);
        DataFields.check(fields, "spec.target", spec.getTarget(), Task.CLASSIFICATION);
        fields.require(
                new HashSet<>(spec.getMetricsValueList()).size() == spec.getMetricsCount(),
                "spec.metrics",
                "names a metric twice");
        fields.require(
                spec.getMetricsList().stream().noneMatch(RankFields::isUnknown),
                "spec.metrics",
                "has one that is none of TMI, LEEP, NCE, LOGME, HSCORE");
        RankSpec.Builder effective = spec.toBuilder().setSeed(spec.getSeed());
        if (spec.getMetricsCount() == 0) {
            effective.addAllMetrics(STANDARD_METRICS);
        }
        if (effective.getMetricsList().contains(TransferabilityMetric.TRANSFERABILITY_METRIC_TMI)) {
            tmi(fields, spec, effective);
        } else {
            withoutTmi(fields, spec);
        }
        RepresentationFields.pooling(fields, spec.getPooling(), !spec.getLayer().isEmpty());
        RepresentationFields.batches(fields, spec.getBatchSize(), spec.getMaxLength());
        fields.require(spec.getLongRows() != LongRows.UNRECOGNIZED, "spec.long_rows", "is none of REFUSE, TRUNCATE");
        if (spec.getLongRows() == LongRows.LONG_ROWS_UNSPECIFIED) {
            effective.setLongRows(LongRows.LONG_ROWS_TRUNCATE);
        }
        effective
                .setMaxSamples(spec.getMaxSamples() == 0 ? STANDARD_SAMPLES : spec.getMaxSamples())
                .setBatchSize(RepresentationFields.batchSize(spec.getBatchSize()));
        fields.range("spec.max_samples", effective.getMaxSamples(), FEWEST_SAMPLES, MOST_SAMPLES);
        fields.range("spec.seed", spec.getSeed(), 0, RepresentationFields.LARGEST_SEED);
        return effective.build();
    }

    private static boolean isUnknown(TransferabilityMetric metric) {
        return metric == TransferabilityMetric.UNRECOGNIZED
                || metric == TransferabilityMetric.TRANSFERABILITY_METRIC_UNSPECIFIED;
    }

    private static void versions(SpecFields fields, RankSpec spec) {
        int count = spec.getVersionsCount();
        fields.require(
                count >= 2 && count <= MOST_VERSIONS,
                "spec.versions",
                "names " + count + " versions; a ranking is of 2 to " + MOST_VERSIONS
                        + (count == 1 ? ", as a score says nothing by itself" : ""));
        for (int i = 0; i < Math.min(count, MOST_VERSIONS); i++) {
            fields.version("spec.versions[" + i + "]", spec.getVersions(i));
        }
    }

    private static void tmi(SpecFields fields, RankSpec spec, RankSpec.Builder effective) {
        fields.range("spec.k", spec.getK(), 0, MOST_NEIGHBOURS);
        effective
                .setK(spec.getK() == 0 ? STANDARD_NEIGHBOUR : spec.getK())
                .setMinDist(spec.hasMinDist() ? spec.getMinDist() : 1);
        fields.require(
                effective.getMinDist() > 0 && Double.isFinite(effective.getMinDist()),
                "spec.min_dist",
                "is " + effective.getMinDist() + "; it is a number above 0, 1 in the authors' code");
        fields.require(spec.getNorm() != FeatureNorm.UNRECOGNIZED, "spec.norm", "is none of MAX, L2");
        if (spec.getNorm() == FeatureNorm.FEATURE_NORM_UNSPECIFIED) {
            effective.setNorm(FeatureNorm.FEATURE_NORM_MAX);
        }
        fields.require(
                spec.getNormalise() != FeatureNormalisation.UNRECOGNIZED,
                "spec.normalise",
                "is none of NONE, RMS, PCA");
        if (spec.getNormalise() == FeatureNormalisation.FEATURE_NORMALISATION_UNSPECIFIED) {
            effective.setNormalise(FeatureNormalisation.FEATURE_NORMALISATION_NONE);
        }
        boolean isPca = spec.getNormalise() == FeatureNormalisation.FEATURE_NORMALISATION_PCA;
        fields.require(
                isPca ? spec.getComponents() > 0 : spec.getComponents() == 0,
                "spec.components",
                isPca
                        ? "is " + spec.getComponents()
                                + "; give 1 to the number of features of the version with the fewest"
                        : "goes with normalise PCA only; leave it out");
    }

    private static void withoutTmi(SpecFields fields, RankSpec spec) {
        String otherwise = "goes with the metric TMI only; leave it out";
        fields.require(spec.getK() == 0, "spec.k", otherwise);
        fields.require(!spec.hasMinDist(), "spec.min_dist", otherwise);
        fields.require(spec.getNorm() == FeatureNorm.FEATURE_NORM_UNSPECIFIED, "spec.norm", otherwise);
        fields.require(
                spec.getNormalise() == FeatureNormalisation.FEATURE_NORMALISATION_UNSPECIFIED,
                "spec.normalise",
                otherwise);
        fields.require(spec.getComponents() == 0, "spec.components", otherwise);
    }
}
