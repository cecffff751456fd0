package io.graft.evaluation.domain;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.graft.platform.error.GraftException;
import io.graft.platform.submission.Draft;
import io.graft.platform.submission.Input;
import io.graft.platform.submission.Inputs;
import io.graft.platform.submission.ModelInput;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.VersionCatalog;
import io.graft.platform.submission.training.CheckedData;
import io.graft.platform.submission.training.DataCheck;
import io.graft.platform.submission.training.Families;
import io.graft.platform.submission.training.Network;
import io.graft.platform.submission.training.SequenceLength;
import io.graft.platform.submission.training.Task;
import io.graft.platform.submission.training.TrainingEstimate;
import io.graft.v1.ArtifactKind;
import io.graft.v1.FeaturePooling;
import io.graft.v1.JobEstimate;
import io.graft.v1.RankSpec;
import io.graft.v1.TransferabilityMetric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides whether a ranking can succeed, before anything is started. Thread-safe. */
final class RankValidation {
    private static final long REPORT = 1L << 18;
    private static final int LEAST_CLASSES = 2;

    private final Inputs inputs;
    private final DataCheck data;

    RankValidation(VersionCatalog versions) {
        this.inputs = new Inputs(versions);
        this.data = new DataCheck(inputs);
    }

    /**
     * Checks the versions that a sound specification names.
     *
     * @throws GraftException naming every field that does not fit them, or the version that can't be used
     */
    Draft check(SpecFields fields, RankSpec spec) {
        CheckedData rows = data.check(fields, "spec.target", "data", spec.getTarget(), Task.CLASSIFICATION);
        fields.require(
                rows.classes() >= LEAST_CLASSES,
                "spec.target.columns.label",
                "is required: models are ranked by how they tell classes apart; name a column of labels");
        boolean named = !spec.getLayer().isEmpty();
        RepresentationFields.requireHead(
                fields, spec.getPooling(), named, rows.effective().getColumns());
        FeaturePooling pooling = RepresentationFields.pooling(
                spec.getPooling(), named, rows.effective().getColumns());
        List<ModelInput> versions = versions(fields, spec, rows);
        int length = Integer.MAX_VALUE;
        for (ModelInput version : versions) {
            length = Math.min(
                    length,
                    SequenceLength.of(fields, "spec.max_length", spec.getMaxLength(), Network.of(version.version())));
        }
        fields.throwIfAny();
        List<Input> read = new ArrayList<>(versions);
        read.add(rows.input());
        RankSpec effective = spec.toBuilder()
                .clearVersions()
                .addAllVersions(versions.stream().map(ModelInput::name).toList())
                .setTarget(rows.effective())
                .setPooling(pooling)
                .setMaxLength(length)
                .build();
        return new Draft(
                effective,
                read,
                "",
                ArtifactKind.ARTIFACT_KIND_UNSPECIFIED,
                estimate(effective, versions, rows, read),
                List.of());
    }

    private List<ModelInput> versions(SpecFields fields, RankSpec spec, CheckedData rows) {
        List<ModelInput> versions = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < spec.getVersionsCount(); i++) {
            String field = "spec.versions[" + i + "]";
            ModelInput version =
                    inputs.model("version_" + (i + 1), spec.getVersions(i), ArtifactKind.ARTIFACT_KIND_FULL);
            Integer earlier = seen.putIfAbsent(version.digest(), i);
            fields.require(
                    earlier == null, field, "has the same weights as spec.versions[" + earlier + "]; name each once");
            Families.check(
                    fields,
                    field,
                    version.version().getArchitecture().getModelType(),
                    Task.CLASSIFICATION,
                    rows.effective().getColumns());
            versions.add(version);
        }
        return versions;
    }

    /** Models are run one after the other, each in memory of its own. */
    private static JobEstimate estimate(RankSpec spec, List<ModelInput> versions, CheckedData rows, List<Input> read) {
        double passes = Math.ceil((double) Math.min(rows.rows(), spec.getMaxSamples()) / spec.getBatchSize());
        if (spec.getMetricsList().stream().anyMatch(RankValidation::needsHead)
                && spec.getPooling() != FeaturePooling.FEATURE_POOLING_HEAD) {
            passes *= 2;
        }
        JobEstimate.Builder all = JobEstimate.newBuilder();
        Duration time = Durations.ZERO;
        for (ModelInput version : versions) {
            Network network = Network.of(version.version());
            long positions = (long) spec.getBatchSize() * (network.longest() == 0 ? 1 : spec.getMaxLength());
            JobEstimate one = new TrainingEstimate(
                            read,
                            version.version().getParameterCount(),
                            0,
                            0,
                            positions,
                            network.handedOn(),
                            network.layers(),
                            passes,
                            REPORT)
                    .estimate();
            time = Durations.add(time, one.getTime());
            all.setMemoryBytes(Math.max(all.getMemoryBytes(), one.getMemoryBytes()))
                    .setDiskBytes(one.getDiskBytes())
                    .setOutputBytes(one.getOutputBytes());
            one.getArithmeticList().stream()
                    .filter(line -> !line.startsWith("disk:") && !line.startsWith("output:"))
                    .forEach(line -> all.addArithmetic(version.role() + ", " + line));
        }
        return all.setTime(time)
                .addArithmetic("all, one after the other: the largest memory, and the sum of the times")
                .build();
    }

    private static boolean needsHead(TransferabilityMetric metric) {
        return metric == TransferabilityMetric.TRANSFERABILITY_METRIC_LEEP
                || metric == TransferabilityMetric.TRANSFERABILITY_METRIC_NCE;
    }
}
