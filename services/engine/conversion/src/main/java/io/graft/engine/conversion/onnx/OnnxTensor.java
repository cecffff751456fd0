package io.graft.engine.conversion.onnx;

import java.util.List;

/**
 * A constant of a graph whose values stay in the file.
 *
 * @param elementType number of the ONNX {@code TensorProto.DataType}; 1 is FLOAT, 7 is INT64
 * @param dims dimensions, outermost first; empty for a scalar
 * @param position where the little-endian raw values begin in the file
 * @param length how many bytes they are
 */
public record OnnxTensor(String name, int elementType, List<Long> dims, long position, int length) {
    /** ONNX number of 32 bit floats. */
    public static final int FLOAT = 1;

    /** ONNX number of 64 bit integers. */
    public static final int INT64 = 7;

    public OnnxTensor {
        dims = List.copyOf(dims);
    }

    /** Number of elements by the dimensions. */
    public long elements() {
        return dims.stream().reduce(1L, Math::multiplyExact);
    }
}
