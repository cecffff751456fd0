package io.graft.platform.datasets.format;

/** What of a text file is one row. */
public enum TextUnit {
    /** The whole file. */
    DOCUMENT,
    /** Lines up to an empty one, joined by line feeds. */
    PARAGRAPH,
    /** One line; empty lines are left out. */
    LINE
}
