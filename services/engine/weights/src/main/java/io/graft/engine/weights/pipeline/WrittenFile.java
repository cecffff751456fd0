package io.graft.engine.weights.pipeline;

import java.nio.file.Path;

/**
 * A file of the output.
 *
 * @param size length in bytes
 * @param sha256 digest of the content in lower-case hex; empty when digests were switched off
 */
public record WrittenFile(Path path, long size, String sha256) {}
