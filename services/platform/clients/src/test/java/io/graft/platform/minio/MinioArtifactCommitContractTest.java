package io.graft.platform.minio;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.testkit.contract.ArtifactCommitContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class MinioArtifactCommitContractTest extends ArtifactCommitContract {
    private static S3ProxyServer server;
    private static MinioArtifactStore store;

    @BeforeAll
    static void start() {
        server = S3ProxyServer.start();
        store = MinioArtifactStore.connect(server.settings(), S3ProxyServer.LIMITS);
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        server.close();
    }

    @Override
    protected ArtifactStore store() {
        return store;
    }
}
