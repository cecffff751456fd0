package io.graft.evaluation.domain;

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
import io.graft.platform.submission.training.Task;
import io.graft.platform.submission.training.TrainingEstimate;
import io.graft.v1.ArtifactKind;
import io.graft.v1.DataColumns;
import io.graft.v1.InvarianceSpec;
import io.graft.v1.JobEstimate;
import java.util.List;

/** Decides whether invariance can be measured, before anything is started. Thread-safe. */
final class InvarianceValidation {
    private static final long REPORT = 1L << 18;

    private final Inputs inputs;
    private final DataCheck data;

    InvarianceValidation(VersionCatalog versions) {
        this.inputs = new Inputs(versions);
        this.data = new DataCheck(inputs);
    }

    /**
     * Checks the versions that a sound specification names.
     *
     * @throws GraftException naming every field that does not fit them, or the version that can't be used
     */
    Draft check(SpecFields fields, InvarianceSpec spec) {
        ModelInput version = inputs.model("version", spec.getVersion(), ArtifactKind.ARTIFACT_KIND_FULL);
        CheckedData rows = data.check(fields, "spec.data", "data", spec.getData(), Task.INPUTS);
        DataColumns columns = rows.effective().getColumns();
        fields.require(
                !columns.getImage().isEmpty(),
                "spec.data.columns.image",
                "is required: changes are of pictures; name a column of images, or a data set that has one");
        String type = version.version().getArchitecture().getModelType();
        if (Families.readsText(type)) {
            fields.require(
                    false,
                    "spec.version",
                    "is a network of type '" + type + "', which reads texts; changes are of pictures, so name one of"
                            + " type vit, resnet or mlp");
        } else if (!columns.getImage().isEmpty()) {
            Families.check(fields, "spec.version", type, Task.INPUTS, columns);
        }
        fields.require(
                rows.rows() > 1, "spec.data.split", "has one row only; invariance is measured against other rows");
        fields.throwIfAny();
        List<Input> read = List.of(version, rows.input());
        return new Draft(
                spec.toBuilder()
                        .setVersion(version.name())
                        .setData(rows.effective())
                        .build(),
                read,
                "",
                ArtifactKind.ARTIFACT_KIND_UNSPECIFIED,
                estimate(spec, version, rows, read),
                List.of());
    }

    /** Two passes over the pictures for each change. */
    private static JobEstimate estimate(InvarianceSpec spec, ModelInput version, CheckedData rows, List<Input> read) {
        Network network = Network.of(version.version());
        double batches = Math.ceil((double) Math.min(rows.rows(), spec.getN()) / spec.getBatchSize());
        return new TrainingEstimate(
                        read,
                        version.version().getParameterCount(),
                        0,
                        0,
                        spec.getBatchSize(),
                        network.handedOn(),
                        network.layers(),
                        2 * batches * spec.getTransformsCount(),
                        REPORT)
                .estimate();
    }
}
