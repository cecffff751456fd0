package io.graft.transfer.domain;

/** What a version is to a job of this service. */
final class Role {
    static final String BASE = "source_base";
    static final String FINETUNED = "source_finetuned";
    static final String TARGET = "target";
    static final String DIFF = "diff";

    private Role() {}
}
