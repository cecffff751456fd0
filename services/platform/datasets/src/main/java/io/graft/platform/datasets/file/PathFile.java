package io.graft.platform.datasets.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

record PathFile(String path, Path file, long length) implements DataFile {
    static PathFile of(String path, Path file) throws IOException {
        return new PathFile(path, file, Files.size(file));
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public void readFully(long position, ByteBuffer into) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            while (into.hasRemaining()) {
                int read = channel.read(into, position);
                if (read < 0) {
                    throw new EOFException(path + " ends at byte " + position);
                }
                position += read;
            }
        }
    }
}
