package io.graft.engine.evaluation;

import java.nio.file.Path;

/**
 * Rows of a data set version.
 *
 * @param folder of the version
 * @param split {@code train}, {@code test}, {@code validation}, a folder or a file; all rows if empty
 * @param maxRows rows to read from the beginning, all if 0
 */
public record DataRange(Path folder, String split, long maxRows) {}
