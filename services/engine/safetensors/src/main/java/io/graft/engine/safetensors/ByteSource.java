package io.graft.engine.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes with a known length that can be read at any place: a file, or an object read by ranges.
 *
 * <p>A header needs two kinds of read: 8 bytes at position 0, then consecutive pieces of at most 64 KiB.
 */
public interface ByteSource {
    /** What to call these bytes in a message. */
    String name();

    /** Total length in bytes, known before anything is read. */
    long length();

    /**
     * Fills the buffer from the given position on.
     *
     * @throws java.io.EOFException if fewer bytes are there than the buffer has room for
     */
    void readFully(long position, ByteBuffer into) throws IOException;
}
