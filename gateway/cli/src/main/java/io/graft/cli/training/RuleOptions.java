package io.graft.cli.training;

import io.graft.cli.failure.CommandException;
import io.graft.v1.GateRule;
import io.graft.v1.GateSubset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What must be shown against what is compared with. */
final class RuleOptions {
    @Option(
            names = "--gate",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "METRIC",
            description =
                    "let a gate decide on this metric, such as accuracy or loss (default: the foremost that there is); without a condition below, anything must be gained, beyond chance")
    @Nullable
    String gate;

    @Option(names = "--min-effect", paramLabel = "X", description = "gate: gain more than this over the other")
    @Nullable
    Double minEffect;

    @Option(names = "--max-regression", paramLabel = "X", description = "gate: lose at most this against it")
    @Nullable
    Double maxRegression;

    @Option(
            names = "--min-abs",
            paramLabel = "X",
            description = "gate: reach this; where less is better, as for loss, do not exceed it")
    @Nullable
    Double minAbs;

    @Option(
            names = "--alpha",
            paramLabel = "P",
            description = "gate: probability of passing what breaks a condition (default 0.05)")
    @Nullable
    Double alpha;

    @Option(
            names = "--gate-subset",
            paramLabel = "COLUMN=VALUE",
            description =
                    "gate: the conditions must hold on the rows with this value too, beside all rows; may be repeated")
    List<String> subsets = new ArrayList<>();

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

    /**
     * The rule, if a gate is asked for.
     *
     * @param isCompared whether there is something to stand up to
     */
    Optional<GateRule> rule(boolean isCompared) {
        if (!isGateWanted()) {
            return Optional.empty();
        }
        if (!isCompared) {
            throw CommandException.usage("A gate compares: name what to stand up to with --against");
        }
        return Optional.of(rule());
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
