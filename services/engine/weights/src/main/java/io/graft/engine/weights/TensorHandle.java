package io.graft.engine.weights;

import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.SafetensorsFile;
import io.graft.engine.safetensors.SlidingWindow;
import io.graft.engine.safetensors.TensorInfo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** An input tensor, ready to be read. */
record TensorHandle(SafetensorsFile file, TensorInfo info) {
    static @Nullable TensorHandle find(@Nullable Checkpoint checkpoint, String name) {
        return checkpoint == null || !checkpoint.tensors().containsKey(name)
                ? null
                : new TensorHandle(checkpoint.fileOf(name), checkpoint.tensor(name));
    }

    Dtype dtype() {
        return info.dtype();
    }

    /** Elements to look at until the window is used again or the arena closes; those beyond the tensor's end are zero. */
    MemorySegment open(long firstElement, int elements, SlidingWindow window, Arena padding) throws IOException {
        int width = info.dtype().bytes();
        long length = (long) elements * width;
        if (firstElement + elements <= info.elements()) {
            return window.look(file, info, firstElement * width, length);
        }
        MemorySegment padded = padding.allocate(length, Long.BYTES);
        long there = Math.clamp(info.elements() - firstElement, 0, elements) * (long) width;
        if (there > 0) {
            file.read(info, firstElement * width, padded.asSlice(0, there).asByteBuffer());
        }
        return padded;
    }

    /** Fills a segment with elements, all of which the tensor must have. */
    void read(long firstElement, MemorySegment into) throws IOException {
        file.read(info, firstElement * info.dtype().bytes(), into.asByteBuffer());
    }
}
