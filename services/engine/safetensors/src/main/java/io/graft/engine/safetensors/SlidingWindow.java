package io.graft.engine.safetensors;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A read-only mapping that slides along a file, and on to the next one, as ranges further on are asked for. To unmap makes
 * every core forget what it knew of the mapping, so it pays to map more than one range at a time; and a window keeps the
 * resident memory bounded, where a mapping of the whole file would not. For one thread, the one that made it.
 */
public final class SlidingWindow implements AutoCloseable {
    private static final long BYTES = 32L << 20;

    private final long bytes;
    private @Nullable SafetensorsFile file;
    private long begin;
    private MemorySegment mapped = MemorySegment.NULL;
    private Arena arena = Arena.ofConfined();

    /** Of 32 MiB, more where a range has more. */
    public SlidingWindow() {
        this(BYTES);
    }

    SlidingWindow(long bytes) {
        this.bytes = bytes;
    }

    /**
     * A range of a tensor, to be used until the next call.
     *
     * @throws SafetensorsException if the range is not inside the tensor
     */
    public MemorySegment look(SafetensorsFile at, TensorInfo tensor, long offset, long length) throws IOException {
        long position = at.position(tensor, offset, length);
        if (at != file || position < begin || position + length > begin + mapped.byteSize()) {
            slide(at, position, Math.max(length, Math.min(bytes, at.length() - position)));
        }
        return mapped.asSlice(position - begin, length);
    }

    private void slide(SafetensorsFile to, long position, long length) throws IOException {
        close();
        arena = Arena.ofConfined();
        MemorySegment window = to.map(position, length, arena);
        mapped = MemorySegment.ofAddress(window.address()).reinterpret(length, arena, null);
        begin = position;
        file = to;
    }

    @Override
    public void close() {
        file = null;
        mapped = MemorySegment.NULL;
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
