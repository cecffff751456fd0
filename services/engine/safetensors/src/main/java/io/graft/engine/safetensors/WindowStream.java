package io.graft.engine.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A stream over part of a source that never holds more than one small window. */
final class WindowStream extends InputStream {
    private static final int WINDOW = 64 * 1024;

    private final ByteSource source;
    private final long end;
    private long position;
    private ByteBuffer window = ByteBuffer.allocate(0);

    WindowStream(ByteSource source, long position, long length) {
        this.source = source;
        this.position = position;
        this.end = position + length;
    }

    @Override
    public int read() throws IOException {
        return fill() ? Byte.toUnsignedInt(window.get()) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, window.remaining());
        window.get(into, offset, count);
        return count;
    }

    private boolean fill() throws IOException {
        if (window.hasRemaining()) {
            return true;
        }
        if (position == end) {
            return false;
        }
        ByteBuffer next = window.capacity() == 0
                ? ByteBuffer.allocate((int) Math.min(WINDOW, end - position))
                : window.clear().limit((int) Math.min(window.capacity(), end - position));
        source.readFully(position, next);
        position += next.position();
        window = next.flip();
        return true;
    }
}
