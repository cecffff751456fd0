package io.graft.evaluation.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.submission.AdapterBase;
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
import io.graft.v1.EvaluateSpec;
import java.util.ArrayList;
import java.util.List;

/** Decides whether an evaluation can succeed, before anything is started. Thread-safe. */
final class EvaluateValidation {
    private static final String VERSION = "version";
    private static final String BASE = "base";
    private static final String HEAD = "head";
    private static final String DATA = "data";

    private final Inputs inputs;
    private final DataCheck data;

    EvaluateValidation(VersionCatalog versions) {
        this.inputs = new Inputs(versions);
        this.data = new DataCheck(inputs);
    }

    /**
     * Checks the versions that a sound specification names.
     *
     * @throws GraftException naming every field that does not fit them, or the version that can't be used
     */
    Draft check(SpecFields fields, EvaluateSpec spec) {
        ModelInput version = inputs.model(
                VERSION, spec.getVersion(), ArtifactKind.ARTIFACT_KIND_FULL, ArtifactKind.ARTIFACT_KIND_ADAPTER);
        EvaluateSpec.Builder effective = spec.toBuilder().setVersion(version.name());
        List<Input> read = new ArrayList<>(List.of(version));
        ModelInput network = network(fields, spec, version, effective, read);
        if (!spec.getHead().isEmpty()) {
            ModelInput head = inputs.model(HEAD, spec.getHead(), ArtifactKind.ARTIFACT_KIND_FULL);
            String type = network.version().getArchitecture().getModelType();
            fields.require(
                    head.version().getArchitecture().getModelType().equals(type),
                    "spec.head",
                    "is a network of another type than " + type);
            effective.setHead(head.name());
            read.add(head);
        }
        Task task = Task.of(spec.getObjective());
        CheckedData rows = data.check(fields, "spec.data", DATA, spec.getData(), task);
        String type = network.version().getArchitecture().getModelType();
        Families.check(fields, "spec.version", type, task, rows.effective().getColumns());
        Network sizes = Network.of(network.version());
        int length = SequenceLength.of(fields, "spec.max_length", spec.getMaxLength(), sizes);
        fields.throwIfAny();
        read.add(rows.input());
        long measured = rows.held() > 0 ? rows.held() : rows.rows();
        return new Draft(
                effective.setData(rows.effective()).setMaxLength(length).build(),
                read,
                "",
                ArtifactKind.ARTIFACT_KIND_UNSPECIFIED,
                new TrainingEstimate(
                                read,
                                network.version().getParameterCount(),
                                0,
                                0,
                                (long) spec.getBatchSize() * (sizes.longest() == 0 ? 1 : length),
                                sizes.handedOn(),
                                sizes.layers(),
                                Math.ceil((double) measured / spec.getBatchSize()),
                                0)
                        .estimate(),
                List.of());
    }

    /** The whole weights that are run: the version's own, or those below the adapter. */
    private ModelInput network(
            SpecFields fields,
            EvaluateSpec spec,
            ModelInput version,
            EvaluateSpec.Builder effective,
            List<Input> read) {
        if (version.version().getKind() == ArtifactKind.ARTIFACT_KIND_FULL) {
            fields.require(spec.getBase().isEmpty(), "spec.base", "goes with an adapter only; leave it out");
            return version;
        }
        ModelInput base = new AdapterBase(inputs).find(fields, "spec.base", BASE, spec.getBase(), version);
        effective.setBase(base.name());
        read.add(base);
        return base;
    }
}
