package io.graft.platform.minio;

import io.graft.embedded.EmbeddedS3;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.testkit.contract.ArtifactCommitContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class MinioArtifactCommitContractTest extends ArtifactCommitContract {
    private static EmbeddedS3 server;
    private static MinioArtifactStore store;

    @TempDir
    static Path directory;

    @BeforeAll
    static void start() {
        server = TestStore.start(directory);
        store = MinioArtifactStore.connect(TestStore.settings(server.port()), TestStore.LIMITS);
    }

    @AfterAll
    static void stop() {
        store.close();
        server.close();
    }

    @Override
    protected ArtifactStore store() {
        return store;
    }
}
