package io.graft.finetuning.domain;

/** What a version is to a job of this service. */
final class Role {
    static final String BASE = "base";
    static final String ADAPTER = "adapter";
    static final String DATA = "data";

    private Role() {}
}
