package io.graft.engine.safetensors;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An array as a byte source. */
record InMemorySource(String name, byte[] content) implements ByteSource {
    @Override
    public long length() {
        return content.length;
    }

    @Override
    public void readFully(long position, ByteBuffer into) throws IOException {
        if (position + into.remaining() > content.length) {
            throw new EOFException(name);
        }
        into.put(content, (int) position, into.remaining());
    }
}
