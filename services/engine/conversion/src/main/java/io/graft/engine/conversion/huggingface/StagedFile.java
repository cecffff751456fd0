package io.graft.engine.conversion.huggingface;

import java.nio.file.Path;

/**
 * A file that belongs to a model.
 *
 * @param name file name in the model's folder
 * @param path where its bytes are
 * @param size length in bytes
 * @param sha256 lower-case hex
 */
public record StagedFile(String name, Path path, long size, String sha256) {}
