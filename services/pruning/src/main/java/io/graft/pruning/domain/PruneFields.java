package io.graft.pruning.domain;

import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.DataFields;
import io.graft.platform.submission.training.LoopFields;
import io.graft.platform.submission.training.MethodChoices;
import io.graft.platform.submission.training.Task;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.PruneSpec;
import io.graft.v1.SurrogateCost;
import io.graft.v1.TieBreak;
import io.graft.v1.TrainingData;

/** Checks the fields of a pruning and fills in what is not said, before any version is looked up. Thread-safe. */
final class PruneFields {
    private static final int MOST_ROWS = 4096;
    private static final int LONGEST = 1 << 20;
    private static final int STANDARD_BATCH = 32;
    private static final long MOST_SEED = 1L << 53;
    private static final double MOST_RATIO = 0.99;
    private static final int MOST_TARGETS = 1_000_000;
    private static final String TEST = "test";

    private final MethodChoices methods;
    private final VerifyFields verifications;

    PruneFields(MethodCatalog catalog) {
        this.methods = new MethodChoices(catalog);
        this.verifications = new VerifyFields(new LoopFields(methods));
    }

    /** The specification with its defaults; what is wrong is noted. */
    PruneSpec effective(SpecFields fields, PruneSpec spec) {
        MethodChoice method = methods.effective(fields, "spec.method", MethodKind.PRUNING, spec.getMethod(), "");
        MethodNeeds needs = MethodNeeds.of(method);
        source(fields, spec, needs);
        target(fields, spec, needs);
        if (needs.surrogate()) {
            fields.version("spec.surrogate", spec.getSurrogate());
        } else {
            fields.require(
                    spec.getSurrogate().isEmpty(),
                    "spec.surrogate",
                    "is of no use to " + method.getName() + "; leave it out");
        }
        budget(fields, spec, needs);
        fields.outputDataset(spec.getOutputDataset());
        fields.range("spec.seed", spec.getSeed(), 0, MOST_SEED);
        fields.range("spec.batch_size", spec.getBatchSize(), 0, MOST_ROWS);
        fields.range("spec.max_length", spec.getMaxLength(), 0, LONGEST);
        fields.require(spec.getLongRows() != LongRows.UNRECOGNIZED, "spec.long_rows", "is none of REFUSE, TRUNCATE");
        fields.require(spec.getTies() != TieBreak.UNRECOGNIZED, "spec.ties", "is none of SOFT_PROB, CLASS_ID, RANDOM");
        if (spec.hasSurrogateCost()) {
            cost(fields, spec.getSurrogateCost());
        }
        PruneSpec.Builder filled = filled(spec, method);
        if (spec.hasVerify()) {
            filled.setVerify(verifications.effective(fields, spec, needs));
        }
        return filled.build();
    }

    private static void source(SpecFields fields, PruneSpec spec, MethodNeeds needs) {
        TrainingData source = spec.getSource();
        DataFields.check(fields, "spec.source", source, needs.task(spec));
        fields.require(!source.hasHoldout(), "spec.source.holdout", "has no meaning here; name the split to prune");
        fields.require(
                source.getMaxRows() == 0,
                "spec.source.max_rows",
                "has no meaning here: every row of the split is judged");
    }

    private static void target(SpecFields fields, PruneSpec spec, MethodNeeds needs) {
        if (!needs.target()) {
            fields.require(!spec.hasTarget(), "spec.target", "is of no use to the method; leave it out");
            return;
        }
        DataFields.check(fields, "spec.target", spec.getTarget(), Task.INPUTS);
        String split = spec.getTarget().getSplit();
        fields.require(
                !split.equals(TEST) && !split.startsWith(TEST + "/"),
                "spec.target.split",
                "is the split that measures the target later; what is measured on rows that guided a pruning is worth"
                        + " nothing. Name the split that is learnt from");
    }

    private static void budget(SpecFields fields, PruneSpec spec, MethodNeeds needs) {
        switch (spec.getBudgetCase()) {
            case PRUNE_RATIO ->
                fields.require(
                        spec.getPruneRatio() >= 0 && spec.getPruneRatio() <= MOST_RATIO,
                        "spec.prune_ratio",
                        "is " + spec.getPruneRatio() + "; it is a number from 0 to " + MOST_RATIO);
            case KEEP_CLASSES -> {
                fields.range("spec.keep_classes", spec.getKeepClasses(), 1, Integer.MAX_VALUE);
                fields.require(
                        !needs.rows(),
                        "spec.keep_classes",
                        "is for methods that choose classes; "
                                + spec.getMethod().getName() + " chooses rows: give prune_ratio");
            }
            case BUDGET_NOT_SET -> fields.require(false, "spec.prune_ratio", "or keep_classes is required");
        }
    }

    private static void cost(SpecFields fields, SurrogateCost cost) {
        fields.require(
                cost.getTrainingShare() > 0 && Double.isFinite(cost.getTrainingShare()),
                "spec.surrogate_cost.training_share",
                "is a number above 0: the surrogate's training to the large model's");
        fields.range("spec.surrogate_cost.targets", cost.getTargets(), 0, MOST_TARGETS);
    }

    private static PruneSpec.Builder filled(PruneSpec spec, MethodChoice method) {
        PruneSpec.Builder effective = spec.toBuilder()
                .setMethod(method)
                .setSeed(spec.getSeed())
                .setBatchSize(spec.getBatchSize() == 0 ? STANDARD_BATCH : spec.getBatchSize());
        if (spec.getLongRows() == LongRows.LONG_ROWS_UNSPECIFIED) {
            effective.setLongRows(LongRows.LONG_ROWS_TRUNCATE);
        }
        if (spec.getTies() == TieBreak.TIE_BREAK_UNSPECIFIED) {
            effective.setTies(TieBreak.TIE_BREAK_SOFT_PROB);
        }
        if (spec.hasSurrogateCost() && spec.getSurrogateCost().getTargets() == 0) {
            effective.getSurrogateCostBuilder().setTargets(1);
        }
        return effective;
    }
}
