package io.graft.engine.weights.pipeline;

import io.graft.engine.safetensors.TensorInfo;

/**
 * A run of consecutive elements of one output tensor.
 *
 * @param shard index of the output file
 * @param sequence number of the chunk within its file, in the order of the bytes
 * @param tensor the output tensor
 * @param index number of the chunk within its tensor
 * @param firstElement first element, in row-major order
 * @param elements how many elements
 */
public record Chunk(int shard, long sequence, TensorInfo tensor, int index, long firstElement, int elements) {
    /** Elements of a full chunk. Fixed, because the order of summation and so the last bits of statistics follow it. */
    public static final int ELEMENTS = 1 << 19;

    /** Position of the chunk in its tensor, in bytes. */
    public long offset() {
        return firstElement * tensor.dtype().bytes();
    }

    /** Length in bytes. */
    public int byteLength() {
        return elements * tensor.dtype().bytes();
    }

    /** How many chunks a tensor of so many elements has. */
    public static int count(long elements) {
        return Math.toIntExact(Math.ceilDiv(elements, (long) ELEMENTS));
    }
}
