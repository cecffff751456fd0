package io.graft.engine.safetensors;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An array as a byte source. */
final class InMemorySource implements ByteSource {
    private final String name;
    private final byte[] content;

    InMemorySource(String name, byte[] content) {
        this.name = name;
        this.content = content;
    }

    @Override
    public String name() {
        return name;
    }

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
