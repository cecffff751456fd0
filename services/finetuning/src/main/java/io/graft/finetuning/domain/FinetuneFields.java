package io.graft.finetuning.domain;

import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.DataFields;
import io.graft.platform.submission.training.LoopFields;
import io.graft.platform.submission.training.MethodChoices;
import io.graft.platform.submission.training.Task;
import io.graft.platform.submission.training.WeightsFields;
import io.graft.v1.FinetuneSpec;
import io.graft.v1.MethodChoice;
import io.graft.v1.OutputForm;

/** Checks the fields of a fine-tuning and fills in what is not said, before any version is looked up. Thread-safe. */
final class FinetuneFields {
    /** The adapter that is none: every weight is trained. */
    static final String FULL = "full";

    private static final String LORA = "lora";

    private final MethodChoices methods;
    private final LoopFields loops;

    FinetuneFields(MethodCatalog catalog) {
        this.methods = new MethodChoices(catalog);
        this.loops = new LoopFields(methods);
    }

    /** The specification with its defaults; what is wrong is noted. */
    FinetuneSpec effective(SpecFields fields, FinetuneSpec spec) {
        fields.version("spec.base", spec.getBase());
        fields.outputModel(spec.getOutputModel());
        MethodChoice objective =
                methods.effective(fields, "spec.objective", MethodKind.OBJECTIVE, spec.getObjective(), "");
        DataFields.check(fields, "spec.data", spec.getData(), Task.of(objective));
        MethodChoice adapter = methods.effective(fields, "spec.adapter", MethodKind.ADAPTER, spec.getAdapter(), LORA);
        boolean whole = adapter.getName().equals(FULL);
        fields.require(spec.getOutput() != OutputForm.UNRECOGNIZED, "spec.output", "is none of ADAPTER, MERGED");
        fields.require(
                !whole || spec.getOutput() != OutputForm.OUTPUT_FORM_ADAPTER,
                "spec.output",
                "is ADAPTER, and every weight is trained; ask for MERGED, or train an adapter such as lora");
        FinetuneSpec.Builder effective = spec.toBuilder()
                .setObjective(objective)
                .setAdapter(adapter)
                .setLoop(loops.effective(fields, "spec.loop", spec.getLoop()))
                .setOutput(output(spec.getOutput(), whole));
        if (effective.getOutput() == OutputForm.OUTPUT_FORM_MERGED) {
            effective.setWeights(WeightsFields.effective(fields, "spec.weights", spec.getWeights()));
        } else {
            fields.require(
                    !spec.hasWeights(), "spec.weights", "is about whole weights; leave it out, or ask for MERGED");
        }
        return effective.build();
    }

    private static OutputForm output(OutputForm asked, boolean whole) {
        if (whole) {
            return OutputForm.OUTPUT_FORM_MERGED;
        }
        return asked == OutputForm.OUTPUT_FORM_MERGED ? asked : OutputForm.OUTPUT_FORM_ADAPTER;
    }
}
