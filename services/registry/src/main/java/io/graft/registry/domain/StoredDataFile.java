package io.graft.registry.domain;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.datasets.file.DataFile;
import io.graft.v1.ArtifactFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A file of rows as it lies in the artifact store. */
record StoredDataFile(ArtifactStore store, String prefix, ArtifactFile file) implements DataFile {
    @Override
    public String path() {
        return file.getPath();
    }

    @Override
    public long length() {
        return file.getSize();
    }

    @Override
    public InputStream open() {
        return store.open(prefix + file.getPath());
    }

    @Override
    public void readFully(long position, ByteBuffer into) throws IOException {
        int wanted = into.remaining();
        if (wanted == 0) {
            return;
        }
        try (InputStream stream = store.open(prefix + file.getPath(), position, wanted)) {
            byte[] bytes = stream.readNBytes(wanted);
            if (bytes.length < wanted) {
                throw new EOFException(path() + " ends at byte " + (position + bytes.length));
            }
            into.put(bytes);
        }
    }
}
