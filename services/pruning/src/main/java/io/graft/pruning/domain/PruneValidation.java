package io.graft.pruning.domain;

import com.google.protobuf.Value;
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
import io.graft.v1.ColumnType;
import io.graft.v1.DatasetVersion;
import io.graft.v1.JobEstimate;
import io.graft.v1.PruneSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether a pruning can succeed, before anything is started. Thread-safe. */
final class PruneValidation {
    private static final String SOURCE = "source";
    private static final String TARGET = "target";
    private static final String SURROGATE = "surrogate";
    private static final String TEST = "test";

    private final Inputs inputs;
    private final DataCheck data;
    private final VerifyValidation verifications;

    PruneValidation(VersionCatalog versions) {
        this.inputs = new Inputs(versions);
        this.data = new DataCheck(inputs);
        this.verifications = new VerifyValidation(inputs, data);
    }

    /**
     * Checks the versions that a sound specification names.
     *
     * @throws GraftException naming every field that does not fit them, or the version that can't be used
     */
    Draft check(SpecFields fields, PruneSpec spec) {
        MethodNeeds needs = MethodNeeds.of(spec.getMethod());
        CheckedData source = data.check(fields, "spec.source", SOURCE, spec.getSource(), needs.task(spec));
        requireWritable(fields, source.input().version());
        requireClasses(fields, spec, source, needs);
        List<Input> read = new ArrayList<>(List.of(source.input()));
        PruneSpec.Builder effective = spec.toBuilder().setSource(source.effective());
        double passes = 0;
        if (needs.target()) {
            CheckedData target = data.check(fields, "spec.target", TARGET, spec.getTarget(), Task.INPUTS);
            requireNoLeak(fields, spec, target.input().version());
            requireSameForm(fields, source, target);
            effective.setTarget(target.effective());
            read.add(target.input());
            passes += Math.ceil((double) target.rows() / spec.getBatchSize());
        }
        if (needs.sourceRows()) {
            passes += Math.ceil((double) source.rows() / spec.getBatchSize());
        }
        VerifyValidation.@Nullable Checked verify = spec.hasVerify() ? verifications.check(fields, spec, source) : null;
        if (!needs.surrogate()) {
            fields.throwIfAny();
            if (verify != null) {
                effective.setMaxLength(verify.length());
            }
            return draft(effective, read, new Sizes(0, new Network(0, 0, 0, 0), 0, passes), verify);
        }
        ModelInput surrogate = inputs.model(SURROGATE, spec.getSurrogate(), ArtifactKind.ARTIFACT_KIND_FULL);
        Families.check(
                fields,
                "spec.surrogate",
                surrogate.version().getArchitecture().getModelType(),
                Task.CLASSIFICATION,
                source.effective().getColumns());
        Network sizes = Network.of(surrogate.version());
        int length = SequenceLength.of(fields, "spec.max_length", spec.getMaxLength(), sizes);
        if (verify != null) {
            length = Math.min(length, verify.length());
        }
        fields.throwIfAny();
        read.add(surrogate);
        effective.setSurrogate(surrogate.name()).setMaxLength(length);
        return draft(
                effective, read, new Sizes(surrogate.version().getParameterCount(), sizes, length, passes), verify);
    }

    /** What an estimate goes by. */
    private record Sizes(long parameters, Network network, int length, double passes) {}

    private static Draft draft(
            PruneSpec.Builder spec, List<Input> read, Sizes sizes, VerifyValidation.@Nullable Checked verify) {
        JobEstimate pruning = estimate(spec, read, sizes);
        if (verify != null) {
            spec.setVerify(verify.effective());
            read.addAll(verify.inputs());
        }
        return new Draft(
                spec.build(),
                read,
                spec.getOutputDataset(),
                ArtifactKind.ARTIFACT_KIND_UNSPECIFIED,
                verify == null ? pruning : verify.with(pruning),
                List.of());
    }

    private static JobEstimate estimate(PruneSpec.Builder spec, List<Input> read, Sizes sizes) {
        long positions = (long) spec.getBatchSize() * (sizes.network().longest() == 0 ? 1 : sizes.length());
        return new TrainingEstimate(
                        read,
                        sizes.parameters(),
                        0,
                        0,
                        positions,
                        sizes.network().handedOn(),
                        sizes.network().layers(),
                        sizes.passes(),
                        read.getFirst().bytes())
                .estimate();
    }

    private static void requireWritable(SpecFields fields, DatasetVersion source) {
        boolean pictures = source.getSchema().getColumnsList().stream()
                .anyMatch(column -> column.getType() == ColumnType.COLUMN_TYPE_IMAGE);
        fields.require(
                !source.getFormat().equals("text"),
                "spec.source.dataset",
                "is plain text, of which rows cannot be left out; upload the rows as .jsonl with a column text");
        fields.require(
                !(source.getFormat().equals("parquet") && pictures),
                "spec.source.dataset",
                "is Parquet with pictures, of which rows cannot be left out; upload pictures as files, one folder a class");
    }

    private static void requireClasses(SpecFields fields, PruneSpec spec, CheckedData source, MethodNeeds needs) {
        long clusters = (long) spec.getMethod()
                .getParams()
                .getFieldsOrDefault("clusters", Value.getDefaultInstance())
                .getNumberValue();
        long classes = needs.labels() ? source.classes() : clusters;
        fields.require(
                classes == 0 || spec.getKeepClasses() <= classes,
                "spec.keep_classes",
                "is " + spec.getKeepClasses() + ", but there are only " + classes
                        + (needs.labels() ? " classes" : " clusters"));
        fields.require(
                needs.labels() || !needs.target() || clusters <= source.rows(),
                "spec.method.params.clusters",
                "is " + clusters + ", but the source has only " + source.rows() + " rows");
    }

    private static void requireNoLeak(SpecFields fields, PruneSpec spec, DatasetVersion target) {
        fields.require(
                !spec.getTarget().getSplit().isEmpty() || !target.containsRowsBySplit(TEST),
                "spec.target.split",
                "is empty, so that the rows of the split 'test' would guide the pruning too, and what is measured on them"
                        + " later would be worth nothing; name the split that is learnt from");
    }

    private static void requireSameForm(SpecFields fields, CheckedData source, CheckedData target) {
        boolean sourcePictures = !source.effective().getColumns().getImage().isEmpty();
        boolean targetPictures = !target.effective().getColumns().getImage().isEmpty();
        fields.require(
                sourcePictures == targetPictures,
                "spec.target.columns",
                targetPictures
                        ? "name pictures, but the source has texts; one surrogate reads both"
                        : "name texts, but the source has pictures; one surrogate reads both");
    }
}
