package io.graft.cli.training;

import io.graft.cli.failure.CommandException;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.Baseline;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.GateRule;
import io.graft.v1.GateSubset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an evaluated version is compared with, and what it must show. */
final class GateOptions {
    @Option(names = "--against", paramLabel = "VERSION", description = "the version to compare with, on the same rows")
    String against = "";

    @Option(
            names = "--against-base",
            paramLabel = "VERSION",
            description = "the base of that version, when it is an adapter (default: the one that its lineage names)")
    String base = "";

    @Option(
            names = "--against-head",
            paramLabel = "VERSION",
            description = "a version whose head that one borrows (default: its own)")
    String head = "";

    @Option(
            names = "--gate",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "METRIC",
            description =
                    "let a gate decide on this metric: accuracy, loss, f1_macro or brier as the rows have it (default:"
                            + " accuracy where there is one); without a condition below, the version must gain anything, beyond chance")
    @Nullable
    String gate;

    @Option(names = "--min-effect", paramLabel = "X", description = "gate: gain more than this over the other version")
    @Nullable
    Double minEffect;

    @Option(names = "--max-regression", paramLabel = "X", description = "gate: lose at most this against it")
    @Nullable
    Double maxRegression;

    @Option(
            names = "--min-abs",
            paramLabel = "X",
            description = "gate: reach this; for loss and brier, do not exceed it")
    @Nullable
    Double minAbs;

    @Option(
            names = "--alpha",
            paramLabel = "P",
            description = "gate: probability of passing a version that breaks a condition (default 0.05)")
    @Nullable
    Double alpha;

    @Option(
            names = "--gate-subset",
            paramLabel = "COLUMN=VALUE",
            description =
                    "gate: the conditions must hold on the rows with this value too, beside all rows; may be repeated")
    List<String> subsets = new ArrayList<>();

    /** Puts what was asked for into a specification. */
    void into(EvaluateSpec.Builder spec, Invocation invocation) {
        if (!against.isEmpty()) {
            spec.setAgainst(Baseline.newBuilder()
                    .setVersion(invocation.names().version(against))
                    .setBase(base.isEmpty() ? "" : invocation.names().version(base))
                    .setHead(head.isEmpty() ? "" : invocation.names().version(head)));
        } else if (!base.isEmpty() || !head.isEmpty()) {
            throw CommandException.usage("--against-base and --against-head go with --against");
        }
        if (isGateWanted()) {
            if (against.isEmpty()) {
                throw CommandException.usage("A gate compares: name the version to stand up to with --against");
            }
            spec.setGate(rule());
        }
    }

    private boolean isGateWanted() {
        return gate != null
                || minEffect != null
                || maxRegression != null
                || minAbs != null
                || alpha != null
                || !subsets.isEmpty();
    }

    private static GateSubset subset(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw CommandException.usage("--gate-subset is '" + text + "'; write COLUMN=VALUE, such as language=de");
        }
        return GateSubset.newBuilder()
                .setColumn(text.substring(0, equals))
                .addValues(text.substring(equals + 1))
                .build();
    }

    private GateRule rule() {
        GateRule.Builder rule = GateRule.newBuilder().setMetric(gate == null ? "" : gate);
        if (minEffect != null) {
            rule.setMinEffect(minEffect);
        }
        if (maxRegression != null) {
            rule.setMaxRegression(maxRegression);
        }
        if (minAbs != null) {
            rule.setMinAbs(minAbs);
        }
        if (alpha != null) {
            rule.setAlpha(alpha);
        }
        subsets.forEach(subset -> rule.addSubsets(subset(subset)));
        return rule.build();
    }
}
