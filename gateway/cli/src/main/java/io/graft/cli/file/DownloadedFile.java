package io.graft.cli.file;

import io.graft.v1.PresignedFile;
import java.nio.file.Path;

/**
 * A file of a version, verified and in place.
 *
 * @param file as the service described it
 * @param target where it lies
 * @param wasThere whether it lay there before
 */
public record DownloadedFile(PresignedFile file, Path target, boolean wasThere) {}
