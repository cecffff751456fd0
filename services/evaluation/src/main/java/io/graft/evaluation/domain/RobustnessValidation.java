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
import io.graft.v1.JobEstimate;
import io.graft.v1.RobustnessSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides whether a test of robustness can succeed, before anything is started. Thread-safe. */
final class RobustnessValidation {
    private static final String SURROGATE = "surrogate";
    private static final long REPORT = 1L << 18;
    private static final long EXAMPLE = 512;
    private static final int SURROGATE_STEPS = 10;

    private final Inputs inputs;
    private final DataCheck data;

    RobustnessValidation(VersionCatalog versions) {
        this.inputs = new Inputs(versions);
        this.data = new DataCheck(inputs);
    }

    /**
     * Checks the versions that a sound specification names.
     *
     * @throws GraftException naming every field that does not fit them, or the version that can't be used
     */
    Draft check(SpecFields fields, RobustnessSpec spec) {
        Contender attacked = Contender.find(
                inputs, fields, new Contender.Asked("spec", "version", spec.getVersion(), spec.getBase(), ""));
        CheckedData rows = data.check(fields, "spec.data", "data", spec.getData(), Task.CLASSIFICATION);
        DataColumns columns = rows.effective().getColumns();
        fields.require(
                !columns.getImage().isEmpty(),
                "spec.data.columns.image",
                "is required: an attack changes pictures; name a column of images, or a data set that has one");
        requirePictures(fields, "spec.version", attacked, columns);
        RobustnessSpec.Builder effective = spec.toBuilder()
                .setVersion(attacked.version().name())
                .setData(rows.effective())
                .clearSiblings();
        attacked.base().map(ModelInput::name).ifPresent(effective::setBase);
        List<Input> read = attacked.inputs();
        List<Contender> asked = new ArrayList<>(List.of(attacked));
        if (!spec.getSurrogate().isEmpty()) {
            Contender surrogate = surrogate(fields, spec, attacked, columns);
            effective.setSurrogate(surrogate.version().name());
            read.addAll(surrogate.inputs());
            asked.add(surrogate);
        }
        for (int i = 0; i < spec.getSiblingsCount(); i++) {
            Contender sibling = sibling(fields, spec, i, attacked, columns);
            effective.addSiblings(sibling.version().name());
            read.addAll(sibling.inputs());
        }
        fields.throwIfAny();
        read.add(rows.input());
        return new Draft(
                effective.build(),
                read,
                "",
                ArtifactKind.ARTIFACT_KIND_UNSPECIFIED,
                estimate(spec, asked, rows, read),
                List.of());
    }

    private Contender surrogate(SpecFields fields, RobustnessSpec spec, Contender attacked, DataColumns columns) {
        Contender surrogate = new Contender(
                inputs.model(SURROGATE, spec.getSurrogate(), ArtifactKind.ARTIFACT_KIND_FULL),
                Optional.empty(),
                Optional.empty());
        requireOther(fields, "spec.surrogate", surrogate, attacked);
        requirePictures(fields, "spec.surrogate", surrogate, columns);
        return surrogate;
    }

    private Contender sibling(
            SpecFields fields, RobustnessSpec spec, int index, Contender attacked, DataColumns columns) {
        String field = "spec.siblings[" + index + "]";
        Contender sibling = Contender.find(
                inputs, fields, new Contender.Asked(field, "sibling_" + (index + 1), spec.getSiblings(index), "", ""));
        requireOther(fields, field, sibling, attacked);
        requirePictures(fields, field, sibling, columns);
        return sibling;
    }

    private static void requireOther(SpecFields fields, String field, Contender other, Contender attacked) {
        fields.require(
                !other.isSameAs(attacked),
                field,
                "is the attacked version itself, from which nothing new is learnt; name another one, or leave it out");
    }

    private static void requirePictures(SpecFields fields, String field, Contender contender, DataColumns columns) {
        String type = contender.network().version().getArchitecture().getModelType();
        if (Families.readsText(type)) {
            fields.require(
                    false,
                    field,
                    "is a network of type '" + type + "', which reads texts; attacks change pictures and need a"
                            + " classifier of type vit, resnet or mlp");
        } else if (!columns.getImage().isEmpty()) {
            Families.check(fields, field, type, Task.CLASSIFICATION, columns);
        }
    }

    /** The queries that are spent when nothing succeeds, one picture a forward pass; the models beside are held with it. */
    private static JobEstimate estimate(
            RobustnessSpec spec, List<Contender> asked, CheckedData rows, List<Input> read) {
        Network network = Network.of(asked.getFirst().network().version());
        long measured = rows.held() > 0 ? rows.held() : rows.rows();
        long samples = Math.min(spec.getMaxSamples(), measured);
        double passes = measured + (double) samples * (spec.getBudget() + spec.getSiblingsCount());
        if (asked.size() > 1) {
            passes += 3.0 * SURROGATE_STEPS * samples;
        }
        return new TrainingEstimate(
                        read,
                        asked.stream()
                                .mapToLong(each -> each.network().version().getParameterCount())
                                .sum(),
                        0,
                        0,
                        Math.max(1, network.longest()),
                        network.handedOn(),
                        network.layers(),
                        passes,
                        REPORT + EXAMPLE * samples)
                .estimate();
    }
}
