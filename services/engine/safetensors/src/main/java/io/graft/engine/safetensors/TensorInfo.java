package io.graft.engine.safetensors;

import java.util.List;

/**
 * One tensor of a header.
 *
 * @param name the tensor's name, unique within its file
 * @param dtype element type
 * @param shape dimensions, outermost first; empty for a scalar
 * @param begin first byte, counted from the start of the data section
 * @param end one past the last byte, counted likewise
 */
public record TensorInfo(String name, Dtype dtype, List<Long> shape, long begin, long end) {
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** Size in bytes. */
    public long byteLength() {
        return end - begin;
    }

    /** Number of elements; 1 for a scalar, 0 when any dimension is 0. */
    public long elements() {
        return byteLength() / dtype.bytes();
    }

    /** Name, dtype and shape without the place in a file. */
    public TensorSpec spec() {
        return new TensorSpec(name, dtype, shape);
    }
}
