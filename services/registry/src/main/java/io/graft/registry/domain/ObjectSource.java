package io.graft.registry.domain;

import io.graft.engine.safetensors.ByteSource;
import io.graft.platform.artifact.ArtifactStore;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Bytes of one stored object, fetched a window at a time; a header of usual size costs one request. Not thread-safe. */
final class ObjectSource implements ByteSource {
    private static final int WINDOW = 1 << 18;

    private final ArtifactStore store;
    private final String key;
    private final String name;
    private final long length;
    private byte[] window = {};
    private long windowStart;

    /** @param name what messages call it: the path inside the version */
    ObjectSource(ArtifactStore store, String key, String name, long length) {
        this.store = store;
        this.key = key;
        this.name = name;
        this.length = length;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void readFully(long position, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            long offset = position - windowStart;
            if (offset < 0 || offset >= window.length) {
                fetch(position);
                offset = 0;
            }
            int n = (int) Math.min(into.remaining(), window.length - offset);
            into.put(window, (int) offset, n);
            position += n;
        }
    }

    private void fetch(long position) throws IOException {
        long wanted = Math.min(WINDOW, length - position);
        if (position < 0 || wanted <= 0) {
            throw new EOFException(name + " has no byte " + position);
        }
        try (InputStream stream = store.open(key, position, wanted)) {
            window = stream.readNBytes((int) wanted);
        }
        windowStart = position;
        if (window.length < wanted) {
            throw new EOFException(name + " ends at byte " + (position + window.length));
        }
    }
}
