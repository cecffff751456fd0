package io.graft.engine.safetensors;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** An open file as a byte source. */
record FileSource(String name, FileChannel channel, long length) implements ByteSource {
    @Override
    public void readFully(long position, ByteBuffer into) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                throw new EOFException(name + " ends at byte " + at);
            }
            at += count;
        }
    }
}
