package io.graft.engine.weights.pipeline;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Computes output chunks. Each worker thread has its own, and closes it. */
public interface ChunkKernel extends AutoCloseable {
    /** Fills {@code into}, which has exactly the chunk's length, with the chunk's bytes. */
    void compute(Chunk chunk, MemorySegment into) throws IOException;

    @Override
    void close();
}
