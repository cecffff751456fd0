package io.graft.platform.minio;

import io.graft.platform.backoff.Backoff;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;

/** A real S3 store on the file system, in this process. */
final class S3ProxyServer implements AutoCloseable {
    /** Small parts and pages, so that few bytes make several; quick to give up. */
    static final StoreLimits LIMITS = new StoreLimits(
            new Backoff(3, Duration.ofMillis(10), Duration.ofMillis(50)),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            5L << 20,
            10);

    private final S3Proxy proxy;
    private final Path directory;

    private S3ProxyServer(S3Proxy proxy, Path directory) {
        this.proxy = proxy;
        this.directory = directory;
    }

    static S3ProxyServer start() {
        try {
            Path directory = Files.createTempDirectory("s3proxy");
            Properties properties = new Properties();
            properties.setProperty("s3proxy.endpoint", "http://127.0.0.1:0");
            properties.setProperty("s3proxy.authorization", "aws-v4");
            properties.setProperty("s3proxy.identity", "test-key");
            properties.setProperty("s3proxy.credential", "test-secret");
            properties.setProperty("jclouds.filesystem.basedir", directory.toString());
            S3Proxy proxy = S3Proxy.Builder.fromProperties(properties)
                    .blobStore(BlobStores.create("filesystem-nio2", properties))
                    .build();
            proxy.start();
            return new S3ProxyServer(proxy, directory);
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy did not start", e);
        }
    }

    int port() {
        return proxy.getPort();
    }

    S3Settings settings() {
        return settings(port());
    }

    /** Settings that reach this store through another port. */
    static S3Settings settings(int port) {
        return new S3Settings("http://127.0.0.1:" + port, "graft", "us-east-1", "test-key", "test-secret");
    }

    /** Where the objects lie as files. */
    Path directory() {
        return directory;
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
    }
}
