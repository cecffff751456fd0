package io.graft.finetuning.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.submission.Draft;
import io.graft.platform.submission.Input;
import io.graft.platform.submission.Inputs;
import io.graft.platform.submission.ModelInput;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.VersionCatalog;
import io.graft.platform.submission.training.BaseWeights;
import io.graft.platform.submission.training.CheckedData;
import io.graft.platform.submission.training.DataCheck;
import io.graft.platform.submission.training.Families;
import io.graft.platform.submission.training.Network;
import io.graft.platform.submission.training.Params;
import io.graft.platform.submission.training.Run;
import io.graft.platform.submission.training.SequenceLength;
import io.graft.platform.submission.training.Task;
import io.graft.platform.submission.training.TrainingEstimate;
import io.graft.v1.ArtifactKind;
import io.graft.v1.FinetuneSpec;
import io.graft.v1.JobEstimate;
import io.graft.v1.ModelVersion;
import io.graft.v1.OutputForm;
import io.graft.v1.TensorSpec;
import io.graft.v1.TrainingLoop;
import java.util.List;

/** Decides whether a fine-tuning can succeed, before anything is started. Thread-safe. */
final class FinetuneValidation {
    private static final long FLOAT = 4;

    private final VersionCatalog versions;
    private final Inputs inputs;
    private final DataCheck data;

    FinetuneValidation(VersionCatalog versions) {
        this.versions = versions;
        this.inputs = new Inputs(versions);
        this.data = new DataCheck(inputs);
    }

    /**
     * Checks the versions that a sound specification names.
     *
     * @throws GraftException naming every field that does not fit them, or the version that can't be used
     */
    Draft check(SpecFields fields, FinetuneSpec spec) {
        ModelInput base = inputs.model(Role.BASE, spec.getBase(), ArtifactKind.ARTIFACT_KIND_FULL);
        ModelVersion version = base.version();
        Task task = Task.of(spec.getObjective());
        CheckedData rows = data.check(fields, "spec.data", Role.DATA, spec.getData(), task);
        String type = version.getArchitecture().getModelType();
        Families.check(fields, "spec.base", type, task, rows.effective().getColumns());
        fields.require(
                !Families.readsText(type) || version.hasVocabulary(),
                "spec.base",
                "carries no tokenizer.json or vocab.txt; register it with one");
        List<TensorSpec> tensors = versions.tensors(base.name());
        BaseWeights.check(fields, "spec.base", version, tensors);
        Network network = Network.of(version);
        TrainingLoop loop = spec.getLoop().toBuilder()
                .setMaxLength(SequenceLength.of(
                        fields, "spec.loop.max_length", spec.getLoop().getMaxLength(), network))
                .build();
        Run run = Run.of(loop, rows.rows());
        run.check(fields, "spec.loop", loop, task, rows.effective().hasHoldout());
        boolean whole = spec.getAdapter().getName().equals(FinetuneFields.FULL);
        Trained trained = whole
                ? new Trained(spec.getAdapter(), version.getParameterCount())
                : LoraTargets.check(fields, spec.getAdapter(), tensors);
        fields.throwIfAny();
        FinetuneSpec effective = spec.toBuilder()
                .setBase(base.name())
                .setData(rows.effective())
                .setAdapter(trained.choice())
                .setLoop(loop)
                .build();
        boolean adapter = spec.getOutput() == OutputForm.OUTPUT_FORM_ADAPTER;
        return new Draft(
                effective,
                List.of(base, rows.input()),
                spec.getOutputModel(),
                adapter ? ArtifactKind.ARTIFACT_KIND_ADAPTER : ArtifactKind.ARTIFACT_KIND_FULL,
                estimate(List.of(base, rows.input()), version, network, loop, run, trained, adapter),
                warnings(loop, rows, run));
    }

    private static JobEstimate estimate(
            List<Input> inputs,
            ModelVersion version,
            Network network,
            TrainingLoop loop,
            Run run,
            Trained trained,
            boolean adapter) {
        long positions = (long) loop.getBatchSize() * (network.longest() == 0 ? 1 : loop.getMaxLength());
        return new TrainingEstimate(
                        inputs,
                        version.getParameterCount(),
                        trained.elements(),
                        Run.stateBytes(loop),
                        positions,
                        network.handedOn(),
                        network.layers(),
                        run.passes(),
                        adapter ? FLOAT * trained.elements() : inputs.getFirst().bytes())
                .estimate();
    }

    private static List<String> warnings(TrainingLoop loop, CheckedData rows, Run run) {
        double rate = Params.of(loop.getOptimizer()).number("lr", 0);
        if (loop.getOptimizer().getName().equals("adamw") && rate > 0.01) {
            return List.of("lr is " + rate + "; above 0.01 adamw mostly diverges");
        }
        return rows.rows() < loop.getBatchSize()
                ? List.of("there are fewer rows than a batch takes: " + rows.rows() + " of " + loop.getBatchSize()
                        + ", in each of " + run.steps() + " steps")
                : List.of();
    }
}
