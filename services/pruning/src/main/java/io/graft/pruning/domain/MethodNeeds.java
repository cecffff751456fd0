package io.graft.pruning.domain;

import com.google.protobuf.Value;
import io.graft.platform.submission.training.Task;
import io.graft.v1.MethodChoice;
import io.graft.v1.PruneSpec;

/**
 * What a method of pruning reads, and what it chooses.
 *
 * @param surrogate whether a network computes something of the rows
 * @param target whether rows of a target vote
 * @param sourceRows whether the network runs over the source too
 * @param labels whether the source's classes are needed
 * @param rows whether single rows are chosen, not classes
 */
record MethodNeeds(boolean surrogate, boolean target, boolean sourceRows, boolean labels, boolean rows) {
    /** Of a choice with its defaults filled in; a method of a later release is taken to need everything. */
    static MethodNeeds of(MethodChoice method) {
        return switch (method.getName()) {
            case "label_mapping" -> new MethodNeeds(true, true, false, true, false);
            case "feature_mapping" -> new MethodNeeds(true, true, true, !is(method, "prototypes", "kmeans"), false);
            case "moderate", "gradient_norm" -> new MethodNeeds(true, false, true, true, true);
            case "random" -> {
                boolean rows = is(method, "unit", "samples");
                yield new MethodNeeds(false, false, false, !rows, rows);
            }
            default -> new MethodNeeds(true, true, true, true, false);
        };
    }

    /** What the rows of the source are read as: with their classes where the method needs them, or a verification does. */
    Task task(PruneSpec spec) {
        return labels || spec.hasVerify() ? Task.CLASSIFICATION : Task.INPUTS;
    }

    private static boolean is(MethodChoice method, String param, String value) {
        return method.getParams()
                .getFieldsOrDefault(param, Value.getDefaultInstance())
                .getStringValue()
                .equals(value);
    }
}
