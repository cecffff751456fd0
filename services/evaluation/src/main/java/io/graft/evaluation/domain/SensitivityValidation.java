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
import io.graft.platform.submission.training.SequenceLength;
import io.graft.platform.submission.training.Task;
import io.graft.platform.submission.training.TrainingEstimate;
import io.graft.v1.ArtifactKind;
import io.graft.v1.JobEstimate;
import io.graft.v1.SensitivitySpec;
import java.util.List;
import java.util.Set;

/** Decides whether a measurement of sensitivity can succeed, before anything is started. Thread-safe. */
final class SensitivityValidation {
    private static final long REPORT = 1L << 18;

    /** Bytes an element: three vectors of doubles, a copy of the weights, and the state of an optimizer. */
    private static final long STATE_BYTES = 3 * 8 + 4 + 8;

    /** Networks of which every operator can be differentiated twice. */
    private static final Set<String> TWICE = Set.of("mlp", "resnet");

    private static final String NOT_BENT =
            "Sharpness is left out: fused attention can't be differentiated twice; mlp and resnet can";

    private final Inputs inputs;
    private final DataCheck data;

    SensitivityValidation(VersionCatalog versions) {
        this.inputs = new Inputs(versions);
        this.data = new DataCheck(inputs);
    }

    /**
     * Checks the versions that a sound specification names.
     *
     * @throws GraftException naming every field that does not fit them, or the version that can't be used
     */
    Draft check(SpecFields fields, SensitivitySpec spec) {
        ModelInput version = inputs.model("version", spec.getVersion(), ArtifactKind.ARTIFACT_KIND_FULL);
        Task task = Task.of(spec.getObjective());
        CheckedData rows = data.check(fields, "spec.data", "data", spec.getData(), task);
        Families.check(
                fields,
                "spec.version",
                version.version().getArchitecture().getModelType(),
                task,
                rows.effective().getColumns());
        Network network = Network.of(version.version());
        int length = SequenceLength.of(fields, "spec.max_length", spec.getMaxLength(), network);
        long parameters = version.version().getParameterCount();
        fields.require(
                parameters < Integer.MAX_VALUE - 8,
                "spec.version",
                "has " + parameters + " weights; the Hessian is taken over less than " + Integer.MAX_VALUE);
        boolean bends = TWICE.contains(version.version().getArchitecture().getModelType());
        fields.throwIfAny();
        List<Input> read = List.of(version, rows.input());
        return new Draft(
                spec.toBuilder()
                        .setVersion(version.name())
                        .setData(rows.effective())
                        .setMaxLength(length)
                        .build(),
                read,
                "",
                ArtifactKind.ARTIFACT_KIND_UNSPECIFIED,
                estimate(spec, bends, rows, read, network, parameters, length),
                bends ? List.of() : List.of(NOT_BENT));
    }

    /** As of a training whose steps are those of the sweep, and two for each part of a product with the Hessian. */
    private static JobEstimate estimate(
            SensitivitySpec spec,
            boolean bends,
            CheckedData rows,
            List<Input> read,
            Network network,
            long parameters,
            int length) {
        double bent = Math.ceil((double) Math.min(spec.getHessianRows(), rows.rows()) / spec.getBatchSize());
        double measured = rows.held() > 0 ? Math.ceil((double) rows.held() / spec.getBatchSize()) : bent;
        int points = spec.getSweep().getPoints();
        double passes = (bends ? 2 * bent * spec.getMaxIterations() : 0)
                + (double) points * spec.getSweep().getSteps()
                + measured * (points + 1) / 3;
        return new TrainingEstimate(
                        read,
                        parameters,
                        parameters,
                        STATE_BYTES,
                        (long) spec.getBatchSize() * (network.longest() == 0 ? 1 : length),
                        network.handedOn(),
                        network.layers(),
                        passes,
                        REPORT)
                .estimate();
    }
}
