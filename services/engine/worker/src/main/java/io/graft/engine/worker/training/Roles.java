package io.graft.engine.worker.training;

/** What a version is to a job, as its assignment says. */
public final class Roles {
    public static final String BASE = "base";
    public static final String ADAPTER = "adapter";
    public static final String HEAD = "head";
    public static final String VERSION = "version";
    public static final String TOKENIZER = "tokenizer";
    public static final String DATA = "data";
    public static final String SOURCE = "source";
    public static final String TARGET = "target";
    public static final String SURROGATE = "surrogate";
    public static final String NETWORK = "network";
    public static final String REPLAY = "replay";
    public static final String AGAINST = "against";
    public static final String AGAINST_BASE = "against_base";
    public static final String AGAINST_HEAD = "against_head";

    private Roles() {}
}
