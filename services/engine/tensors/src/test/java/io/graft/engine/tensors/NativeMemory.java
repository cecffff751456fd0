package io.graft.engine.tensors;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** What the C library's allocator has given out, which is where libtorch's memory comes from; the Java heap is not in it. */
final class NativeMemory {
    private static final int FIELDS = 10;
    private static final int MAPPED_BYTES = 4;
    private static final int ARENA_BYTES = 7;

    private NativeMemory() {}

    /** Bytes in use by all threads, from glibc's mallinfo2. */
    static long bytesInUse() {
        MemoryLayout fields = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(FIELDS, ValueLayout.JAVA_LONG));
        Linker linker = Linker.nativeLinker();
        MethodHandle mallinfo = linker.downcallHandle(
                linker.defaultLookup().find("mallinfo2").orElseThrow(), FunctionDescriptor.of(fields));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = (MemorySegment) mallinfo.invokeExact((SegmentAllocator) arena);
            return info.getAtIndex(ValueLayout.JAVA_LONG, MAPPED_BYTES)
                    + info.getAtIndex(ValueLayout.JAVA_LONG, ARENA_BYTES);
        } catch (Throwable failure) {
            throw new AssertionError("mallinfo2 failed", failure);
        }
    }
}
