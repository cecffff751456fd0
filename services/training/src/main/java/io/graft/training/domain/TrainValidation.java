package io.graft.training.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.submission.Draft;
import io.graft.platform.submission.Input;
import io.graft.platform.submission.Inputs;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.VersionCatalog;
import io.graft.platform.submission.training.CheckedData;
import io.graft.platform.submission.training.DataCheck;
import io.graft.platform.submission.training.Families;
import io.graft.platform.submission.training.Run;
import io.graft.platform.submission.training.SequenceLength;
import io.graft.platform.submission.training.Task;
import io.graft.platform.submission.training.TrainingEstimate;
import io.graft.v1.ArtifactKind;
import io.graft.v1.JobEstimate;
import io.graft.v1.TrainSpec;
import io.graft.v1.TrainingData;
import io.graft.v1.TrainingLoop;
import java.util.ArrayList;
import java.util.List;

/** Decides whether a training can succeed, before anything is started. Thread-safe. */
final class TrainValidation {
    private static final String DATA = "data";
    private static final String REPLAY = "replay";
    private static final long FLOAT = 4;

    private final Starts starts;
    private final DataCheck data;

    TrainValidation(VersionCatalog versions) {
        Inputs inputs = new Inputs(versions);
        this.starts = new Starts(versions, inputs);
        this.data = new DataCheck(inputs);
    }

    /**
     * Checks the versions that a sound specification names.
     *
     * @throws GraftException naming every field that does not fit them, or the version that can't be used
     */
    Draft check(SpecFields fields, TrainSpec spec) {
        TrainSpec.Builder effective = spec.toBuilder();
        Task task = Task.of(spec.getObjective());
        Start start = starts.find(fields, spec, effective);
        List<Input> read = new ArrayList<>(start.inputs());
        CheckedData rows = data.check(fields, "spec.data", DATA, spec.getData(), task);
        read.add(rows.input());
        effective.setData(rows.effective());
        Families.check(
                fields, start.field(), start.modelType(), task, rows.effective().getColumns());
        if (spec.hasReplay()) {
            read.add(replay(fields, spec, task, rows, effective));
        }
        TrainingLoop loop = spec.getLoop().toBuilder()
                .setMaxLength(SequenceLength.of(
                        fields, "spec.loop.max_length", spec.getLoop().getMaxLength(), start.network()))
                .build();
        Run run = Run.of(loop, rows.rows());
        run.check(fields, "spec.loop", loop, task, rows.effective().hasHoldout());
        WidthRules.check(fields, spec);
        fields.throwIfAny();
        return new Draft(
                effective.setLoop(loop).build(),
                read,
                spec.getOutputModel(),
                ArtifactKind.ARTIFACT_KIND_FULL,
                estimate(read, start, loop, run),
                start.warnings());
    }

    private Input replay(SpecFields fields, TrainSpec spec, Task task, CheckedData fresh, TrainSpec.Builder effective) {
        TrainingData asked = spec.getReplay().getData().toBuilder()
                .setColumns(fresh.effective().getColumns())
                .addAllClasses(
                        spec.getReplay().getData().getClassesCount() == 0
                                ? fresh.effective().getClassesList()
                                : List.of())
                .build();
        CheckedData old = data.check(fields, "spec.replay.data", REPLAY, asked, task);
        fields.require(
                !old.input().digest().equals(fresh.input().digest())
                        || !asked.getSplit().equals(spec.getData().getSplit()),
                "spec.replay.data.dataset",
                "holds the rows that are new; name an earlier data set");
        effective.getReplayBuilder().setData(old.effective());
        return old.input();
    }

    private static JobEstimate estimate(List<Input> read, Start start, TrainingLoop loop, Run run) {
        long positions = (long) loop.getBatchSize() * (start.network().longest() == 0 ? 1 : loop.getMaxLength());
        return new TrainingEstimate(
                        read,
                        start.parameters(),
                        start.parameters(),
                        Run.stateBytes(loop),
                        positions,
                        start.network().handedOn(),
                        start.network().layers(),
                        run.passes(),
                        FLOAT * start.parameters())
                .estimate();
    }
}
