package io.graft.engine.weights.pipeline;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of native buffers that wander from the kernel to the file and the digest and back. They bound the memory
 * of the pipeline: a worker takes a buffer before it takes a chunk, so the oldest unfinished chunk always has one. It takes
 * the one given back last, which is still in the caches.
 */
final class OutputBuffers implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 20;

    private final Arena arena = Arena.ofShared();
    private final BlockingDeque<MemorySegment> free = new LinkedBlockingDeque<>();

    OutputBuffers(int count, long bytes) {
        for (int i = 0; i < count; i++) {
            free.add(arena.allocate(bytes, Long.BYTES));
        }
    }

    /** Waits for a free buffer; null once {@code stopped} says so. */
    @Nullable
    MemorySegment take(BooleanSupplier stopped) throws InterruptedException {
        MemorySegment buffer = null;
        while (buffer == null && !stopped.getAsBoolean()) {
            buffer = free.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return buffer;
    }

    void giveBack(MemorySegment buffer) {
        free.addFirst(buffer);
    }

    @Override
    public void close() {
        arena.close();
    }
}
