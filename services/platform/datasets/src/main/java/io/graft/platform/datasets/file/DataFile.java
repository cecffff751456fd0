package io.graft.platform.datasets.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** One file of a data set: on a disk, or an object read by ranges. Can be read any number of times. */
public interface DataFile {
    /** Path inside the data set with {@code /} between its parts, such as {@code train/cat/7.png}. */
    String path();

    /** In bytes, as stored. */
    long length();

    /** From the first byte on, as stored. */
    InputStream open() throws IOException;

    /**
     * Fills the buffer from the given position on.
     *
     * @throws java.io.EOFException if fewer bytes are there than the buffer has room for
     */
    void readFully(long position, ByteBuffer into) throws IOException;

    /** A file on a disk. */
    static DataFile of(String path, Path file) throws IOException {
        return PathFile.of(path, file);
    }
}
