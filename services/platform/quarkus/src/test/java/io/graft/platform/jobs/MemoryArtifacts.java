package io.graft.platform.jobs;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.PresignedRequest;
import io.graft.platform.artifact.StoredObject;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Objects of one test. */
public final class MemoryArtifacts implements ArtifactStore {
    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final List<String> aborted = new CopyOnWriteArrayList<>();

    public List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    /** Prefixes whose unfinished uploads were aborted. */
    public List<String> aborted() {
        return aborted;
    }

    @Override
    public void put(String key, Path file) {
        try {
            put(key, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void put(String key, byte[] content) {
        objects.put(key, content.clone());
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        return objects.putIfAbsent(key, content.clone()) == null;
    }

    @Override
    public Optional<StoredObject> stat(String key) {
        return Optional.ofNullable(objects.get(key)).map(content -> new StoredObject(key, content.length));
    }

    @Override
    public InputStream open(String key) {
        byte[] content = objects.get(key);
        if (content == null) {
            throw new GraftException(ErrorCode.NOT_FOUND, key);
        }
        return new ByteArrayInputStream(content);
    }

    @Override
    public InputStream open(String key, long offset, long length) {
        try (InputStream whole = open(key)) {
            byte[] content = whole.readAllBytes();
            return new ByteArrayInputStream(Arrays.copyOfRange(content, (int) offset, (int) (offset + length)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void get(String key, Path file) {
        try (InputStream whole = open(key)) {
            Files.copy(whole, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Stream<StoredObject> list(String prefix) {
        return objects.keySet().stream().filter(key -> key.startsWith(prefix)).flatMap(key -> stat(key).stream());
    }

    @Override
    public void delete(Collection<String> keys) {
        keys.forEach(objects::remove);
    }

    @Override
    public void abortUploads(String prefix) {
        aborted.add(prefix);
    }

    @Override
    public PresignedRequest presignPut(String key, long size, String sha256, Duration life) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PresignedRequest presignGet(String key, String fileName, Duration life) {
        return new PresignedRequest(URI.create("memory:/" + key), "GET", Map.of(), Instant.EPOCH.plus(life));
    }

    @Override
    public void close() {}
}
