package io.graft.engine.safetensors;

import java.util.List;

/**
 * A tensor's name, element type and shape, wherever it is stored.
 *
 * @param shape dimensions, outermost first, none negative; empty for a scalar
 */
public record TensorSpec(String name, Dtype dtype, List<Long> shape) {
    /**
     * Copies the shape.
     *
     * @throws ArithmeticException if the number of bytes does not fit a long
     */
    public TensorSpec {
        shape = List.copyOf(shape);
        byteLength(dtype, shape);
    }

    /** Number of elements. */
    public long elements() {
        return byteLength() / dtype.bytes();
    }

    /** Size in bytes. */
    public long byteLength() {
        return byteLength(dtype, shape);
    }

    /** Same name and shape with another element type. */
    public TensorSpec withDtype(Dtype other) {
        return new TensorSpec(name, other, shape);
    }

    static long byteLength(Dtype dtype, List<Long> shape) {
        long bytes = dtype.bytes();
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new ArithmeticException("negative dimension " + dimension);
            }
            bytes = Math.multiplyExact(bytes, dimension);
        }
        return bytes;
    }
}
