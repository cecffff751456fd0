package io.graft.engine.weights.pipeline;

import io.graft.engine.safetensors.SafetensorsWriter;
import io.graft.engine.safetensors.TensorInfo;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands out the chunks of all files in the order of their bytes. Thread safe. */
final class ChunkSchedule {
    private final List<SafetensorsWriter> files;
    private int shard = -1;
    private Iterator<TensorInfo> tensors = List.<TensorInfo>of().iterator();
    private @Nullable TensorInfo tensor;
    private long firstElement;
    private int index;
    private long sequence;

    ChunkSchedule(List<SafetensorsWriter> files) {
        this.files = files;
    }

    /** The next chunk, or null when all are taken. */
    synchronized @Nullable Chunk next() {
        TensorInfo current = tensor;
        while (current == null || firstElement == current.elements()) {
            if (tensors.hasNext()) {
                current = tensors.next();
                tensor = current;
                firstElement = 0;
                index = 0;
            } else if (shard + 1 < files.size()) {
                shard++;
                sequence = 0;
                tensors = files.get(shard).tensors().values().iterator();
            } else {
                return null;
            }
        }
        int elements = (int) Math.min(Chunk.ELEMENTS, current.elements() - firstElement);
        Chunk chunk = new Chunk(shard, sequence, current, index, firstElement, elements);
        firstElement += elements;
        index++;
        sequence++;
        return chunk;
    }
}
