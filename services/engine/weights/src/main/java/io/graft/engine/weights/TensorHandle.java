package io.graft.engine.weights;

import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.SafetensorsFile;
import io.graft.engine.safetensors.TensorInfo;
import java.io.IOException;
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

    /** Reads elements into the beginning of a segment; those beyond the tensor's end come as zero. */
    MemorySegment read(long firstElement, int elements, MemorySegment into) throws IOException {
        int width = info.dtype().bytes();
        MemorySegment wanted = into.asSlice(0, (long) elements * width);
        long there = Math.clamp(info.elements() - firstElement, 0, elements) * (long) width;
        if (there > 0) {
            file.read(info, firstElement * width, wanted.asSlice(0, there).asByteBuffer());
        }
        wanted.asSlice(there).fill((byte) 0);
        return wanted;
    }
}
