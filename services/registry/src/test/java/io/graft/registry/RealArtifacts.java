package io.graft.registry;

import io.graft.embedded.EmbeddedS3;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.minio.MinioArtifactStore;
import io.graft.platform.minio.S3Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** One real S3 store for all tests of the module. */
public final class RealArtifacts {
    private RealArtifacts() {}

    public static ArtifactStore store() {
        return Holder.STORE;
    }

    private static final class Holder {
        static final ArtifactStore STORE = start();

        private static ArtifactStore start() {
            try {
                EmbeddedS3 s3 = EmbeddedS3.start(
                        Files.createTempDirectory("graft-registry-objects"), 0, "test-key", "test-secret");
                s3.createBucket("graft");
                return MinioArtifactStore.connect(
                        new S3Settings(s3.endpoint(), "graft", EmbeddedS3.REGION, "test-key", "test-secret"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
