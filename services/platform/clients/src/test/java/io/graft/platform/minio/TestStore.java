package io.graft.platform.minio;

import io.graft.embedded.EmbeddedS3;
import io.graft.platform.backoff.Backoff;
import java.nio.file.Path;
import java.time.Duration;

/** A real S3 store in this process. */
final class TestStore {
    /** Small parts and pages, so that few bytes make several; quick to give up. */
    static final StoreLimits LIMITS = new StoreLimits(
            new Backoff(3, Duration.ofMillis(10), Duration.ofMillis(50)),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            5L << 20,
            10);

    private TestStore() {}

    static EmbeddedS3 start(Path directory) {
        return EmbeddedS3.start(directory, 0, "test-key", "test-secret");
    }

    /** Settings that reach the store through a port. */
    static S3Settings settings(int port) {
        return new S3Settings("http://127.0.0.1:" + port, "graft", "us-east-1", "test-key", "test-secret");
    }
}
