package io.graft.training.domain;

import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.DataFields;
import io.graft.platform.submission.training.LoopFields;
import io.graft.platform.submission.training.MethodChoices;
import io.graft.platform.submission.training.Task;
import io.graft.platform.submission.training.WeightsFields;
import io.graft.v1.MethodChoice;
import io.graft.v1.Replay;
import io.graft.v1.TrainSpec;

/** Checks the fields of a training and fills in what is not said, before any version is looked up. Thread-safe. */
final class TrainFields {
    /** Share of replayed rows that suffices for a weak shift, arXiv 2403.08763. */
    private static final double STANDARD_SHARE = 0.05;

    private final MethodChoices methods;
    private final LoopFields loops;

    TrainFields(MethodCatalog catalog) {
        this.methods = new MethodChoices(catalog);
        this.loops = new LoopFields(methods);
    }

    /** The specification with its defaults; what is wrong is noted. */
    TrainSpec effective(SpecFields fields, TrainSpec spec) {
        TrainSpec.Builder effective = spec.toBuilder();
        MethodChoice objective =
                methods.effective(fields, "spec.objective", MethodKind.OBJECTIVE, spec.getObjective(), "");
        Task task = Task.of(objective);
        switch (spec.getStartCase()) {
            case NEW_MODEL -> {
                NewModelFields.check(fields, spec.getNewModel(), task);
                effective.setParametrization(methods.effective(
                        fields,
                        "spec.parametrization",
                        MethodKind.PARAMETRIZATION,
                        spec.getParametrization(),
                        "standard"));
            }
            case BASE -> {
                fields.version("spec.base", spec.getBase());
                fields.require(
                        !spec.hasParametrization(), "spec.parametrization", "goes with a new model only; leave it out");
            }
            case START_NOT_SET ->
                fields.require(false, "spec.base", "or spec.new_model is required: say where the weights come from");
        }
        fields.outputModel(spec.getOutputModel());
        DataFields.check(fields, "spec.data", spec.getData(), task);
        if (spec.hasReplay()) {
            effective.setReplay(replay(fields, spec, task));
        }
        fields.require(
                !spec.getPacking() || task == Task.CAUSAL_LM, "spec.packing", "is for texts to be continued only");
        return effective
                .setObjective(objective)
                .setLoop(loops.effective(fields, "spec.loop", spec.getLoop()))
                .setWeights(WeightsFields.effective(fields, "spec.weights", spec.getWeights()))
                .build();
    }

    private static Replay replay(SpecFields fields, TrainSpec spec, Task task) {
        Replay replay = spec.getReplay();
        double share = replay.hasShare() ? replay.getShare() : STANDARD_SHARE;
        fields.require(
                share > 0 && share < 1, "spec.replay.share", "is " + share + "; it is a number above 0 and below 1");
        fields.require(
                spec.getStartCase() != TrainSpec.StartCase.NEW_MODEL,
                "spec.replay",
                "goes with a base only; a new model has nothing to forget");
        DataFields.check(fields, "spec.replay.data", replay.getData(), task);
        fields.require(
                !replay.getData().hasHoldout(),
                "spec.replay.data.holdout",
                "has no meaning; keep rows of spec.data back");
        return replay.toBuilder().setShare(share).build();
    }
}
