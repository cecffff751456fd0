package io.graft.registry.domain;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.ArtifactFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of one version as they lie in the artifact store. */
final class StoredFiles {
    private final ArtifactStore store;
    private final String prefix;
    private final Map<String, ArtifactFile> files = new TreeMap<>();

    StoredFiles(ArtifactStore store, String prefix, Collection<ArtifactFile> files) {
        this.store = store;
        this.prefix = prefix;
        files.forEach(file -> this.files.put(file.getPath(), file));
    }

    /** Paths, sorted. */
    Set<String> paths() {
        return files.keySet();
    }

    boolean has(String path) {
        return files.containsKey(path);
    }

    /** Bytes of a file that the version has, after checking its length. */
    ObjectSource source(String path) {
        long announced = file(path).getSize();
        long stored = store.stat(prefix + path)
                .orElseThrow(() -> new GraftException(
                        ErrorCode.DIGEST_MISMATCH, path + " is not in the artifact store", Map.of("file", path)))
                .size();
        if (stored != announced) {
            throw new GraftException(
                    ErrorCode.DIGEST_MISMATCH,
                    path + " has " + stored + " bytes in the artifact store and " + announced + " in its manifest",
                    Map.of("file", path));
        }
        return new ObjectSource(store, prefix + path, path, stored);
    }

    /** Reads the first of several files that the version has; null when it has none of them. */
    <T> @Nullable T readFirst(long maxBytes, Reader<T> reader, String... paths) {
        for (String path : paths) {
            if (has(path)) {
                return read(path, maxBytes, reader);
            }
        }
        return null;
    }

    private <T> T read(String path, long maxBytes, Reader<T> reader) {
        if (file(path).getSize() > maxBytes) {
            throw InspectionFailure.model(path, "is longer than " + maxBytes + " bytes");
        }
        try (InputStream stream = store.open(prefix + path)) {
            return reader.read(path, stream);
        } catch (IOException e) {
            throw InspectionFailure.reading(path, e);
        }
    }

    private ArtifactFile file(String path) {
        ArtifactFile file = files.get(path);
        if (file == null) {
            throw new IllegalArgumentException(path + " is not a file of the version");
        }
        return file;
    }

    /** Turns a file into a value. */
    @FunctionalInterface
    interface Reader<T> {
        T read(String path, InputStream stream) throws IOException;
    }
}
