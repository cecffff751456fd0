package io.graft.evaluation.domain;

import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.Task;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.GateRule;
import java.util.List;
import java.util.Set;

/** Checks what an evaluation compares with, and the rule of its gate. */
final class GateFields {
    private static final String ACCURACY = "accuracy";
    private static final String LOSS = "loss";
    private static final String MACRO_F1 = "f1_macro";
    private static final String BRIER = "brier";
    private static final Set<String> SHARES = Set.of(
            ACCURACY,
            MACRO_F1,
            "acc",
            "acc_norm",
            "acc_bytes",
            "exact_match",
            "f1",
            "rouge1",
            "rouge2",
            "rougeL",
            "rougeLsum",
            "spearman",
            "pearson",
            "mrr",
            "miou",
            "pixel_accuracy");
    private static final double STANDARD_ALPHA = 0.05;

    private GateFields() {}

    /**
     * Notes what is wrong with {@code spec.against} and {@code spec.gate}.
     *
     * @param known what can be compared, the standard one first
     */
    static void check(SpecFields fields, EvaluateSpec spec, List<String> known) {
        if (spec.hasAgainst()) {
            fields.version("spec.against.version", spec.getAgainst().getVersion());
            fields.optionalVersion("spec.against.base", spec.getAgainst().getBase());
            fields.optionalVersion("spec.against.head", spec.getAgainst().getHead());
        }
        if (spec.hasGate()) {
            fields.require(
                    spec.hasAgainst(),
                    "spec.gate",
                    "goes with spec.against only; name the version that the candidate has to stand up to there");
            rule(fields, effective(spec.getGate(), known), known);
        }
    }

    /**
     * The rule with its defaults.
     *
     * @param known what can be compared, the standard one first
     */
    static GateRule effective(GateRule rule, List<String> known) {
        GateRule.Builder effective = rule.toBuilder();
        if (rule.getMetric().isEmpty()) {
            effective.setMetric(known.getFirst());
        }
        if (!rule.hasAlpha()) {
            effective.setAlpha(STANDARD_ALPHA);
        }
        if (!rule.hasMinAbs() && !rule.hasMaxRegression() && !rule.hasMinEffect()) {
            effective.setMinEffect(0);
        }
        for (int i = 0; i < rule.getSubsetsCount(); i++) {
            effective.setSubsets(i, SubsetFields.effective(rule.getSubsets(i)));
        }
        return effective.build();
    }

    /** Notes what is wrong with a rule that has its defaults. */
    static void rule(SpecFields fields, GateRule rule, List<String> known) {
        fields.require(
                known.contains(rule.getMetric()),
                "spec.gate.metric",
                "is " + rule.getMetric() + ", which a gate can't compare here; name " + String.join(" or ", known));
        fields.require(
                rule.getAlpha() > 0 && rule.getAlpha() < 0.5,
                "spec.gate.alpha",
                "is " + rule.getAlpha() + "; it is above 0 and below 0.5, usually 0.05");
        boolean isShare = SHARES.contains(rule.getMetric()) || rule.getMetric().matches("(ndcg|recall)_at_[0-9]+");
        double most = isShare ? 1 : Double.MAX_VALUE;
        String bounds = isShare ? "; it is a share from 0 to 1" : "; it is 0 or more";
        amount(fields, "spec.gate.min_abs", rule.getMinAbs(), most, bounds);
        amount(fields, "spec.gate.max_regression", rule.getMaxRegression(), most, bounds);
        amount(fields, "spec.gate.min_effect", rule.getMinEffect(), most, bounds);
        SubsetFields.check(fields, rule.getSubsetsList());
    }

    private static void amount(SpecFields fields, String field, double value, double most, String bounds) {
        fields.require(value >= 0 && value <= most, field, "is " + value + bounds);
    }

    /** What can be compared on rows or resamples of them, the standard one first. */
    static List<String> metrics(Task task) {
        return switch (task) {
            case CLASSIFICATION, PAIR_CLASSIFICATION -> List.of(ACCURACY, LOSS, MACRO_F1, BRIER);
            case PAIRS, INPUTS, OTHER -> List.of(ACCURACY, LOSS);
            case CAUSAL_LM -> List.of(LOSS);
        };
    }
}
