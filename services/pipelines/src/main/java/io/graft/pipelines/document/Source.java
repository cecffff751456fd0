package io.graft.pipelines.document;

/** The text of an expression or template, and where it stands. */
public record Source(String text, Place place) {}
