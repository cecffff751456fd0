package io.graft.cli.terminal;

/** Who reads standard output. */
public enum OutputFormat {
    /** A person. */
    TEXT,
    /** A program: exactly one JSON document. */
    JSON
}
