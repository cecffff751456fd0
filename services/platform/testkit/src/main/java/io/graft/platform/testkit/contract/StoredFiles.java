package io.graft.platform.testkit.contract;

import io.graft.platform.artifact.ContentDigest;
import io.graft.v1.ArtifactFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Files with known content. */
public final class StoredFiles {
    private StoredFiles() {}

    /** Bytes that follow from {@code seed} alone. */
    public static byte[] bytes(int seed, int length) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }

    /** Writes a file and the folders above it. */
    public static Path write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The manifest entry of a file. */
    public static ArtifactFile entry(String path, byte[] content) {
        return ArtifactFile.newBuilder()
                .setPath(path)
                .setSize(content.length)
                .setSha256(ContentDigest.sha256(content))
                .build();
    }
}
