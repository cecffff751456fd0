package io.graft.engine.worker.transfer;

/** What inputs are to a transfer job; the values of {@code AssignmentInput.role}. */
final class Roles {
    static final String BASE = "source_base";
    static final String FINETUNED = "source_finetuned";
    static final String TARGET = "target";
    static final String DIFF = "diff";

    private Roles() {}
}
