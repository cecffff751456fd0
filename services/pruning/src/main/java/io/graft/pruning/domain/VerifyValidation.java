package io.graft.pruning.domain;

import com.google.protobuf.util.Durations;
import io.graft.platform.submission.Input;
import io.graft.platform.submission.Inputs;
import io.graft.platform.submission.ModelInput;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.CheckedData;
import io.graft.platform.submission.training.DataCheck;
import io.graft.platform.submission.training.Families;
import io.graft.platform.submission.training.Network;
import io.graft.platform.submission.training.Run;
import io.graft.platform.submission.training.SequenceLength;
import io.graft.platform.submission.training.Task;
import io.graft.platform.submission.training.TrainingEstimate;
import io.graft.v1.ArtifactKind;
import io.graft.v1.JobEstimate;
import io.graft.v1.PruneSpec;
import io.graft.v1.PruneVerification;
import io.graft.v1.TrainingLoop;
import java.util.ArrayList;
import java.util.List;

/** Decides whether a pruning can be verified as asked. Thread-safe. */
final class VerifyValidation {
    private static final String PATH = "spec.verify";

    private final Inputs inputs;
    private final DataCheck data;

    VerifyValidation(Inputs inputs, DataCheck data) {
        this.inputs = inputs;
        this.data = data;
    }

    /**
     * A verification that can be done.
     *
     * @param inputs what is pulled beside what the pruning reads
     * @param length tokens a row at most
     * @param rows of the source
     */
    record Checked(PruneVerification effective, List<Input> inputs, ModelInput network, int length, long rows) {
        Checked {
            inputs = List.copyOf(inputs);
        }

        /** What a pruning needs and the verification after it: the larger memory, and the time of both. */
        JobEstimate with(JobEstimate pruning) {
            TrainingLoop loop = effective.getLoop();
            Network sizes = Network.of(network.version());
            long parameters = network.version().getParameterCount();
            long positions = (long) loop.getBatchSize() * (sizes.longest() == 0 ? 1 : length);
            JobEstimate own = new TrainingEstimate(
                            inputs,
                            parameters,
                            parameters,
                            Run.stateBytes(loop),
                            positions,
                            sizes.handedOn(),
                            sizes.layers(),
                            VerifyFields.trainings(effective)
                                    * Run.of(loop, rows).passes(),
                            0)
                    .estimate();
            JobEstimate.Builder both = pruning.toBuilder()
                    .setMemoryBytes(Math.max(pruning.getMemoryBytes(), own.getMemoryBytes()))
                    .setDiskBytes(pruning.getDiskBytes() + own.getDiskBytes())
                    .setTime(Durations.add(pruning.getTime(), own.getTime()));
            own.getArithmeticList().forEach(line -> both.addArithmetic("verify, " + line));
            return both.addArithmetic("verify, at most " + VerifyFields.trainings(effective)
                            + " trainings as long as that on the whole source; both, one after the other: the larger"
                            + " memory, and the sums of the disk and the times")
                    .build();
        }
    }

    /** Looks up what it needs; what does not fit is noted. */
    Checked check(SpecFields fields, PruneSpec spec, CheckedData source) {
        PruneVerification verify = spec.getVerify();
        CheckedData target = data.check(fields, PATH + ".target", "target", verify.getTarget(), Task.CLASSIFICATION);
        fields.require(
                target.classes() != 1, PATH + ".target.classes", "is one class, which nothing can be told apart from");
        boolean pictures = !source.effective().getColumns().getImage().isEmpty();
        fields.require(
                pictures != target.effective().getColumns().getImage().isEmpty(),
                PATH + ".target.columns",
                "name " + (pictures ? "texts, but the source has pictures" : "pictures, but the source has texts")
                        + "; one network reads both");
        ModelInput network = inputs.model("network", verify.getModel(), ArtifactKind.ARTIFACT_KIND_FULL);
        Families.check(
                fields,
                PATH + ".model",
                network.version().getArchitecture().getModelType(),
                Task.CLASSIFICATION,
                source.effective().getColumns());
        Run.of(verify.getLoop(), source.rows())
                .check(fields, PATH + ".loop", verify.getLoop(), Task.CLASSIFICATION, true);
        int length = SequenceLength.of(fields, "spec.max_length", spec.getMaxLength(), Network.of(network.version()));
        List<Input> read = new ArrayList<>();
        if (!spec.hasTarget()) {
            read.add(target.input());
        }
        if (!verify.getModel().equals(spec.getSurrogate())) {
            read.add(network);
        }
        return new Checked(
                verify.toBuilder()
                        .setModel(network.name())
                        .setTarget(target.effective())
                        .build(),
                read,
                network,
                length,
                source.rows());
    }
}
