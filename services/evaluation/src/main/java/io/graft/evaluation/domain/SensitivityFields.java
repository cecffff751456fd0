package io.graft.evaluation.domain;

import com.google.protobuf.Struct;
import com.google.protobuf.util.Values;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.DataFields;
import io.graft.platform.submission.training.MethodChoices;
import io.graft.platform.submission.training.Task;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.RateSweep;
import io.graft.v1.SensitivitySpec;

/** Checks the fields of a measurement of sensitivity and fills in what is not said. Thread-safe. */
final class SensitivityFields {
    private static final String RATE = "lr";
    private static final int STANDARD_ROWS = 256;
    private static final int MOST_ROWS = 100_000;
    private static final int STANDARD_ITERATIONS = 100;
    private static final int MOST_ITERATIONS = 1000;
    private static final int STANDARD_BATCH = 32;
    private static final int LARGEST_BATCH = 4096;
    private static final int LONGEST = 1 << 20;
    private static final long LARGEST_SEED = 1L << 53;
    private static final double LEAST_RATE = 3e-4;
    private static final double GREATEST_RATE = 0.3;
    private static final double LARGEST_RATE = 1000;
    private static final int STANDARD_POINTS = 7;
    private static final int MOST_POINTS = 50;
    private static final int STANDARD_STEPS = 50;
    private static final int MOST_STEPS = 10_000;

    private final MethodChoices methods;

    SensitivityFields(MethodCatalog catalog) {
        this.methods = new MethodChoices(catalog);
    }

    /** The specification with its defaults; what is wrong is noted. */
    SensitivitySpec effective(SpecFields fields, SensitivitySpec spec) {
        fields.version("spec.version", spec.getVersion());
        MethodChoice objective =
                methods.effective(fields, "spec.objective", MethodKind.OBJECTIVE, spec.getObjective(), "");
        Task task = Task.of(objective);
        fields.require(
                task != Task.PAIRS,
                "spec.objective.name",
                "is contrastive, whose loss depends on which rows share a batch; measure a loss of each row:"
                        + " classification, pair_classification or causal_lm");
        DataFields.check(fields, "spec.data", spec.getData(), task);
        SensitivitySpec.Builder effective = spec.toBuilder()
                .setObjective(objective)
                .setHessianRows(orElse(spec.getHessianRows(), STANDARD_ROWS))
                .setMaxIterations(orElse(spec.getMaxIterations(), STANDARD_ITERATIONS))
                .setBatchSize(orElse(spec.getBatchSize(), STANDARD_BATCH))
                .setSeed(spec.getSeed())
                .setSweep(sweep(fields, spec.getSweep()));
        fields.range("spec.hessian_rows", effective.getHessianRows(), 1, MOST_ROWS);
        fields.range("spec.max_iterations", effective.getMaxIterations(), 1, MOST_ITERATIONS);
        fields.range("spec.batch_size", effective.getBatchSize(), 1, LARGEST_BATCH);
        fields.range("spec.max_length", spec.getMaxLength(), 0, LONGEST);
        fields.range("spec.seed", spec.getSeed(), 0, LARGEST_SEED);
        fields.require(spec.getLongRows() != LongRows.UNRECOGNIZED, "spec.long_rows", "is none of REFUSE, TRUNCATE");
        if (spec.getLongRows() == LongRows.LONG_ROWS_UNSPECIFIED) {
            effective.setLongRows(LongRows.LONG_ROWS_REFUSE);
        }
        return effective.build();
    }

    private RateSweep sweep(SpecFields fields, RateSweep sweep) {
        double least = sweep.getMinRate() == 0 ? LEAST_RATE : sweep.getMinRate();
        double greatest = sweep.getMaxRate() == 0 ? GREATEST_RATE : sweep.getMaxRate();
        fields.require(
                least > 0 && least < Double.POSITIVE_INFINITY,
                "spec.sweep.min_rate",
                "is " + least + "; it is a number above 0");
        boolean isSound = greatest > least && greatest <= LARGEST_RATE;
        fields.require(
                isSound,
                "spec.sweep.max_rate",
                "is " + greatest + "; it is a number above the least rate of " + least + ", 1000 at most");
        double norm = sweep.hasMaxGradNorm() ? sweep.getMaxGradNorm() : 1;
        fields.require(
                Double.isFinite(norm) && norm >= 0,
                "spec.sweep.max_grad_norm",
                "is " + norm + "; it is a number from 0, which never scales");
        RateSweep effective = sweep.toBuilder()
                .setMinRate(least)
                .setMaxRate(greatest)
                .setPoints(orElse(sweep.getPoints(), STANDARD_POINTS))
                .setSteps(orElse(sweep.getSteps(), STANDARD_STEPS))
                .setMaxGradNorm(norm)
                .setOptimizer(optimizer(fields, sweep.getOptimizer(), isSound ? greatest : GREATEST_RATE))
                .build();
        fields.range("spec.sweep.points", effective.getPoints(), 2, MOST_POINTS);
        fields.range("spec.sweep.steps", effective.getSteps(), 1, MOST_STEPS);
        return effective;
    }

    /** Checked with the greatest rate, and kept without any. */
    private MethodChoice optimizer(SpecFields fields, MethodChoice given, double rate) {
        fields.require(
                !given.getParams().containsFields(RATE),
                "spec.sweep.optimizer.params.lr",
                "is what the sweep varies; say min_rate and max_rate instead");
        Struct params =
                given.getParams().toBuilder().putFields(RATE, Values.of(rate)).build();
        MethodChoice effective = methods.effective(
                fields,
                "spec.sweep.optimizer",
                MethodKind.OPTIMIZER,
                given.toBuilder().setParams(params).build(),
                "adamw");
        return effective.toBuilder()
                .setParams(effective.getParams().toBuilder().removeFields(RATE))
                .build();
    }

    private static int orElse(int value, int otherwise) {
        return value == 0 ? otherwise : value;
    }
}
