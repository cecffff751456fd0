package io.graft.cli.file;

import java.nio.file.Path;

/**
 * A file that is to be part of a version.
 *
 * @param path path inside the version, {@code /}-separated
 * @param file where it lies
 * @param size bytes
 * @param sha256 of its content as 64 hexadecimal digits; empty when it has still to be computed
 */
public record LocalFile(String path, Path file, long size, String sha256) {}
