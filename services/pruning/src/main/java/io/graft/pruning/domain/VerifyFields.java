package io.graft.pruning.domain;

import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.DataFields;
import io.graft.platform.submission.training.LoopFields;
import io.graft.platform.submission.training.Task;
import io.graft.v1.DataColumns;
import io.graft.v1.PruneSpec;
import io.graft.v1.PruneVerification;
import io.graft.v1.TrainingData;
import io.graft.v1.TrainingLoop;
import java.util.HashSet;
import java.util.List;

/** Checks how a pruning is verified and fills in what is not said, before any version is looked up. Thread-safe. */
final class VerifyFields {
    private static final String PATH = "spec.verify";
    private static final String TEST = "test";
    private static final int MOST_SEEDS = 10;
    private static final int MOST_RATIOS = 8;
    private static final int MOST_TRAININGS = 50;
    private static final int ARMS = 3;
    private static final long MOST_SEED = 1L << 53;
    private static final double MOST_RATIO = 0.99;
    private static final double STANDARD_TOLERANCE = 0.01;
    private static final List<Long> STANDARD_SEEDS = List.of(0L, 1L, 2L);

    private final LoopFields loops;

    VerifyFields(LoopFields loops) {
        this.loops = loops;
    }

    /** What a specification says of it, with its defaults; what is wrong is noted. */
    PruneVerification effective(SpecFields fields, PruneSpec spec, MethodNeeds needs) {
        PruneVerification asked = spec.getVerify();
        PruneVerification.Builder effective = asked.toBuilder()
                .setLoop(loop(fields, asked.getLoop()))
                .setTarget(target(spec))
                .setTolerance(asked.hasTolerance() ? asked.getTolerance() : STANDARD_TOLERANCE)
                .clearRatios()
                .addAllRatios(asked.getRatiosList().stream().sorted().toList());
        if (asked.getSeedsCount() == 0) {
            effective.addAllSeeds(STANDARD_SEEDS);
        }
        if (asked.getModel().isEmpty()) {
            fields.require(
                    needs.surrogate(),
                    PATH + ".model",
                    "is required: the method has no surrogate; name a version whose network is trained");
            effective.setModel(spec.getSurrogate());
        } else {
            fields.version(PATH + ".model", asked.getModel());
        }
        checkTarget(fields, spec, effective.getTarget());
        checkNumbers(fields, effective);
        return effective.build();
    }

    private TrainingLoop loop(SpecFields fields, TrainingLoop loop) {
        String path = PATH + ".loop";
        fields.require(!loop.hasSeed(), path + ".seed", "has no meaning here; give " + PATH + ".seeds");
        fields.require(!loop.hasStopping(), path + ".stopping", "has no meaning here: every training has its length");
        fields.require(
                loop.getEvalEverySteps() == 0,
                path + ".eval_every_steps",
                "has no meaning here: the target is measured on at the end");
        fields.require(
                loop.getMaxLength() == 0 && loop.getLongRowsValue() == 0,
                path + ".max_length",
                "and long_rows have no meaning here; give those of the pruning");
        return loops.effective(fields, path, loop);
    }

    private static TrainingData target(PruneSpec spec) {
        TrainingData voting = spec.getTarget();
        TrainingData.Builder target = spec.getVerify().getTarget().toBuilder();
        if (target.getDataset().isEmpty()) {
            target.setDataset(voting.getDataset());
        }
        if (target.getSplit().isEmpty()) {
            target.setSplit(voting.getSplit());
        }
        if (!target.hasHoldout() && voting.hasHoldout()) {
            target.setHoldout(voting.getHoldout());
        }
        DataColumns columns = target.getColumns();
        if (columns.getText().isEmpty() && columns.getImage().isEmpty()) {
            target.getColumnsBuilder()
                    .setText(voting.getColumns().getText())
                    .setImage(voting.getColumns().getImage());
        }
        return target.build();
    }

    private static void checkTarget(SpecFields fields, PruneSpec spec, TrainingData target) {
        String path = PATH + ".target";
        DataFields.check(fields, path, target, Task.CLASSIFICATION);
        fields.require(
                target.hasHoldout(),
                path + ".holdout",
                "is required: say which rows are measured on; they must not vote for what stays");
        fields.require(
                !target.getSplit().equals(TEST) && !target.getSplit().startsWith(TEST + "/"),
                path + ".split",
                "is the split that measures the target; learn from another, and name this one as the holdout");
        if (!spec.hasTarget()) {
            return;
        }
        TrainingData voting = spec.getTarget();
        fields.require(
                target.getDataset().equals(voting.getDataset()),
                path + ".dataset",
                "is another than that of spec.target, so that a leak could not be seen; leave it out");
        boolean votes = target.getHoldout().hasSplit()
                ? voting.getSplit().isEmpty() || target.getHoldout().getSplit().equals(voting.getSplit())
                : target.getSplit().equals(voting.getSplit())
                        && !target.getHoldout().equals(voting.getHoldout());
        fields.require(
                !votes,
                path + ".holdout",
                "keeps back rows that vote for what stays; keep the same rows back in spec.target.holdout, or measure on"
                        + " another split");
    }

    private static void checkNumbers(SpecFields fields, PruneVerification.Builder verify) {
        List<Long> seeds = verify.getSeedsList();
        fields.require(
                seeds.size() <= MOST_SEEDS
                        && new HashSet<>(seeds).size() == seeds.size()
                        && seeds.stream().allMatch(seed -> seed >= 0 && seed <= MOST_SEED),
                PATH + ".seeds",
                "are " + MOST_SEEDS + " whole numbers from 0 to 2^53 at most, each once");
        fields.require(
                verify.getTolerance() >= 0 && verify.getTolerance() <= 1,
                PATH + ".tolerance",
                "is " + verify.getTolerance() + "; it is a number from 0 to 1");
        List<Double> ratios = verify.getRatiosList();
        fields.require(
                ratios.size() <= MOST_RATIOS
                        && new HashSet<>(ratios).size() == ratios.size()
                        && ratios.stream().allMatch(ratio -> ratio > 0 && ratio <= MOST_RATIO),
                PATH + ".ratios",
                "are " + MOST_RATIOS + " numbers above 0 and at most " + MOST_RATIO + " at most, each once");
        int trainings = trainings(verify.build());
        fields.require(
                trainings <= MOST_TRAININGS,
                PATH + ".seeds",
                "make " + trainings + " trainings with the ratios; ask for " + MOST_TRAININGS + " at most");
    }

    /** How many networks are trained. */
    static int trainings(PruneVerification verify) {
        return verify.getSeedsCount() * (ARMS + verify.getRatiosCount());
    }
}
