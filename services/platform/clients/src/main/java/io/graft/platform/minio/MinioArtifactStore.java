package io.graft.platform.minio;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.PresignedRequest;
import io.graft.platform.artifact.StoredObject;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.minio.DeleteObjectsArgs;
import io.minio.HeadObjectArgs;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectAPIArgs;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The artifact store over any S3 store: S3Proxy on one machine, MinIO or another in a cluster.
 *
 * <p>{@code putIfAbsent} may answer false for an object that an earlier try of the same call wrote and whose answer was
 * lost; the caller compares the content, as the commit protocol does. MinIO lists unfinished uploads only by whole key, so
 * there {@code abortUploads} leaves to the server's own daily clean-up what a killed process left behind.
 */
public final class MinioArtifactStore implements ArtifactStore {
    private static final int DELETE_BATCH = 1000;

    private final S3Connection connection;
    private final MinioAsyncClient client;
    private final S3Requests requests;
    private final String bucket;
    private final StoreLimits limits;
    private final ObjectListing listing;
    private final Presigner presigner;

    private MinioArtifactStore(S3Connection connection, S3Settings settings, StoreLimits limits) {
        this.connection = connection;
        this.client = connection.client();
        this.requests = connection.requests();
        this.bucket = settings.bucket();
        this.limits = limits;
        this.listing = new ObjectListing(client, requests, bucket, limits.pageKeys());
        this.presigner = new Presigner(settings, Clock.systemUTC());
    }

    /** Connects with {@link StoreLimits#DEFAULT}. */
    public static MinioArtifactStore connect(S3Settings settings) {
        return connect(settings, StoreLimits.DEFAULT);
    }

    /**
     * Connects and creates the bucket when it is absent.
     *
     * @throws GraftException {@code STORAGE_UNAVAILABLE} when the store can't be reached or refuses the key
     */
    public static MinioArtifactStore connect(S3Settings settings, StoreLimits limits) {
        S3Connection connection = S3Connection.open(settings, limits);
        try {
            connection.createBucket(settings.bucket());
            return new MinioArtifactStore(connection, settings, limits);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void put(String key, Path file) {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            long size = content.length();
            long partBytes = limits.partBytesFor(size);
            if (size > partBytes) {
                new MultipartUpload(client, requests, bucket, key).send(content, partBytes);
            } else {
                FileSlice whole = FileSlice.of(content, 0, size);
                requests.expect(
                        "put",
                        key,
                        () -> client.putObject(put(key).file(whole.rewound(), size)
                                .headers(whole.checksum())
                                .build()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void put(String key, byte[] content) {
        requests.expect(
                "put",
                key,
                () -> client.putObject(put(key).data(content, content.length).build()));
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        Http.Headers absent = new Http.Headers("If-None-Match", "*");
        try {
            requests.send(
                    "put",
                    key,
                    () -> client.putObject(put(key).data(content, content.length)
                            .headers(absent)
                            .build()));
            return true;
        } catch (S3Exception e) {
            if (e.kind() == S3Failure.PRECONDITION) {
                return false;
            }
            throw requests.refused("put", key, e);
        }
    }

    private PutObjectAPIArgs.Builder put(String key) {
        return PutObjectAPIArgs.builder().bucket(bucket).object(key);
    }

    @Override
    public Optional<StoredObject> stat(String key) {
        try {
            long size = requests.send(
                            "stat",
                            key,
                            () -> client.headObject(HeadObjectArgs.builder()
                                    .bucket(bucket)
                                    .object(key)
                                    .build()))
                    .size();
            return Optional.of(new StoredObject(key, size));
        } catch (S3Exception e) {
            if (e.kind() == S3Failure.ABSENT) {
                return Optional.empty();
            }
            throw requests.refused("stat", key, e);
        }
    }

    @Override
    public InputStream open(String key) {
        return ResumingStream.open(client, requests, bucket, key, 0, -1);
    }

    @Override
    public InputStream open(String key, long offset, long length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("A range begins at 0 or later and has 0 bytes or more");
        }
        return length == 0
                ? InputStream.nullInputStream()
                : ResumingStream.open(client, requests, bucket, key, offset, length);
    }

    @Override
    public void get(String key, Path file) {
        try (InputStream content = open(key)) {
            Download.to(file, key, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Stream<StoredObject> list(String prefix) {
        return listing.objects(prefix);
    }

    @Override
    public void delete(Collection<String> keys) {
        List<String> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += DELETE_BATCH) {
            deleteBatch(all.subList(from, Math.min(all.size(), from + DELETE_BATCH)));
        }
    }

    private void deleteBatch(List<String> keys) {
        List<String> left = keys;
        for (int tried = 1; !left.isEmpty(); tried++) {
            List<DeleteRequest.Object> objects =
                    left.stream().map(DeleteRequest.Object::new).toList();
            List<DeleteResult.Error> errors = requests.expect(
                            "delete",
                            left.getFirst(),
                            () -> client.deleteObjects(DeleteObjectsArgs.builder()
                                    .bucket(bucket)
                                    .objects(objects)
                                    .quiet(true)
                                    .build()))
                    .result()
                    .errors();
            left = stillThere(errors);
            if (!left.isEmpty() && tried >= requests.backoff().tries()) {
                throw new GraftException(
                        ErrorCode.STORAGE_UNAVAILABLE,
                        "The artifact store did not delete " + left.size() + " objects, the first is " + left.getFirst()
                                + " (" + errors.getFirst().message() + ")");
            }
            if (!left.isEmpty()) {
                requests.pause(requests.backoff().after(tried), "delete", left.getFirst());
            }
        }
    }

    private static List<String> stillThere(List<DeleteResult.Error> errors) {
        List<String> left = new ArrayList<>();
        for (DeleteResult.Error error : errors) {
            if (!error.code().equals("NoSuchKey")) {
                left.add(error.objectName());
            }
        }
        return List.copyOf(left);
    }

    @Override
    public void abortUploads(String prefix) {
        listing.abortUploads(prefix);
    }

    @Override
    public PresignedRequest presignPut(String key, long size, String sha256, Duration life) {
        return presigner.put(key, size, sha256, life);
    }

    @Override
    public PresignedRequest presignGet(String key, String fileName, Duration life) {
        return presigner.get(key, fileName, life);
    }

    @Override
    public void close() {
        connection.close();
    }
}
