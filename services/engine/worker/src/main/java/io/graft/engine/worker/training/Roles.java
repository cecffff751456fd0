package io.graft.engine.worker.training;

/** What a version is to a job, as its assignment says. */
final class Roles {
    static final String BASE = "base";
    static final String ADAPTER = "adapter";
    static final String HEAD = "head";
    static final String VERSION = "version";
    static final String TOKENIZER = "tokenizer";
    static final String DATA = "data";
    static final String SOURCE = "source";
    static final String TARGET = "target";
    static final String SURROGATE = "surrogate";
    static final String REPLAY = "replay";

    private Roles() {}
}
