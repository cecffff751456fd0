package io.graft.platform.artifact;

import io.graft.platform.error.GraftException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects by key, in one bucket. Strongly consistent, without versions and tags. Thread-safe. Every method throws
 * {@link GraftException} with {@code STORAGE_UNAVAILABLE} once its bounded retries are used up. Callers that write
 * versions go through {@link ArtifactCommit}, never through {@code put} alone.
 */
public interface ArtifactStore extends AutoCloseable {

    /** Longest life of a presigned request. */
    Duration MAX_PRESIGNED_LIFE = Duration.ofMinutes(15);

    /** Uploads a file, in parts when it is large. An object of that key is replaced. */
    void put(String key, Path file);

    /** Uploads a small object. An object of that key is replaced. */
    void put(String key, byte[] content);

    /**
     * Uploads a small object unless the key exists ({@code If-None-Match: *}).
     *
     * @return false when the key exists; the object is untouched then
     */
    boolean putIfAbsent(String key, byte[] content);

    /** Size of an object; empty when there is none. */
    Optional<StoredObject> stat(String key);

    /**
     * Opens an object; the caller closes the stream.
     *
     * @throws GraftException with {@code NOT_FOUND} when there is none
     */
    InputStream open(String key);

    /**
     * Opens {@code length} bytes from {@code offset}; the caller closes the stream.
     *
     * @throws GraftException with {@code NOT_FOUND} when there is none
     */
    InputStream open(String key, long offset, long length);

    /** Downloads an object to a file that must not exist. A file that is half-written on failure is deleted. */
    void get(String key, Path file);

    /** Objects whose key begins with {@code prefix}, by key; the caller closes the stream. */
    Stream<StoredObject> list(String prefix);

    /** Deletes objects; keys without object are passed over. */
    void delete(Collection<String> keys);

    /** Aborts multipart uploads under {@code prefix} that were never completed. */
    void abortUploads(String prefix);

    /** A PUT bound to key, length and SHA-256 (hexadecimal). */
    PresignedRequest presignPut(String key, long size, String sha256, Duration life);

    /** A GET bound to key that downloads as {@code fileName}. */
    PresignedRequest presignGet(String key, String fileName, Duration life);

    @Override
    void close();
}
