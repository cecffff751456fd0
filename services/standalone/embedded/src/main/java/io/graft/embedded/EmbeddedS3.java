package io.graft.embedded;

import io.graft.embedded.EmbeddedPartException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 endpoint in this process over a directory of plain files, listening on 127.0.0.1. Every request must be signed.
 * An object appears whole or not at all, also over {@code kill -9}. It knows neither versions nor tags.
 */
public final class EmbeddedS3 implements AutoCloseable {
    /** The region that clients name in their signatures; any other is taken too. */
    public static final String REGION = "us-east-1";

    private static final String PART = "the S3 store";
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{2,62}");
    private static final int THREADS = 40;
    private static final long DRAIN_MILLIS = 3_000;

    private final S3Proxy server;
    private final Path directory;

    private EmbeddedS3(S3Proxy server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    /**
     * Starts the endpoint and returns when it answers.
     *
     * @param dataDirectory created for its owner only if absent; a bucket is a directory in it
     * @param port the port, or 0 for one that is free
     * @throws EmbeddedPartException naming the reason and the cure
     */
    public static EmbeddedS3 start(Path dataDirectory, int port, String accessKey, String secretKey) {
        Path directory = DataDirectory.open(dataDirectory, PART);
        int claimed = Ports.claim(port, PART);
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .endpoint(URI.create("http://" + Ports.HOST + ":" + claimed))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
                .jettyMaxThreads(THREADS)
                .stopTimeout(DRAIN_MILLIS)
                .build();
        try {
            server.start();
        } catch (Exception e) { // declared by the library
            throw new EmbeddedPartException(
                    Reason.START_FAILED, "The S3 store does not start on " + directory + ": " + e.getMessage(), e);
        }
        return new EmbeddedS3(server, directory);
    }

    /**
     * Creates a bucket unless it is there.
     *
     * @param name 3 to 63 lower-case letters, digits and {@code -}
     */
    public void createBucket(String name) {
        if (!BUCKET.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a name of a bucket: " + name);
        }
        try {
            Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw new EmbeddedPartException(
                    Reason.DIRECTORY_NOT_WRITABLE,
                    "Bucket " + name + " cannot be created in " + directory + ": " + e.getMessage(),
                    e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    /** URL of the endpoint; buckets are addressed by path. */
    public String endpoint() {
        return "http://" + Ports.HOST + ":" + port();
    }

    /** Lets requests in flight end, for 3 seconds at most, and stops. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) { // declared by the library
            throw new EmbeddedPartException(Reason.STOP_FAILED, "The S3 store does not stop: " + e.getMessage(), e);
        }
    }
}
