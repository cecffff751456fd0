package io.graft.cli.file;

import java.nio.file.Path;

/**
 * A file of a folder that is to become a version.
 *
 * @param path path inside the version, {@code /}-separated
 * @param file where it lies
 * @param size bytes
 */
record LocalFile(String path, Path file, long size) {}
