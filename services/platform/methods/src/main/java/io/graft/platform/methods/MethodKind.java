package io.graft.platform.methods;

import java.util.Locale;

/** What a method is for. A name is unique within its kind. */
public enum MethodKind {
    /** How an update follows from gradients. */
    OPTIMIZER,
    /** How the learning rate moves over a run. */
    SCHEDULE,
    /** How initial scale, learning rate and weight decay depend on a model's width. */
    PARAMETRIZATION,
    /** Which parameters a fine-tuning trains. */
    ADAPTER,
    /** How several adapters become one. */
    COMBINATION,
    /** The loss. */
    OBJECTIVE,
    /** When a run ends before its last step. */
    STOPPING,
    /** Which samples of a data set stay. */
    PRUNING;

    /** The kind in the catalogue's JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MethodKind ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
