package io.graft.engine.safetensors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Checks that tensors tile the data section exactly. */
final class HeaderLayout {
    private static final String CURE = "Write the file again with a safetensors library";

    private HeaderLayout() {}

    /** Returns the tensors by ascending position. */
    static List<TensorInfo> check(String file, List<TensorInfo> tensors, long dataLength) {
        List<TensorInfo> ordered = new ArrayList<>(tensors);
        ordered.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
        long covered = 0;
        for (TensorInfo tensor : ordered) {
            checkSize(file, tensor);
            if (tensor.begin() != covered) {
                String what = tensor.begin() < covered ? "overlaps the one before it" : "leaves a hole before it";
                throw SafetensorsException.ofTensor(
                        Problem.OFFSETS,
                        file,
                        tensor.name(),
                        what + ": it begins at " + tensor.begin() + ", expected " + covered,
                        CURE);
            }
            covered = tensor.end();
            if (covered > dataLength) {
                throw SafetensorsException.ofTensor(
                        Problem.TRUNCATED,
                        file,
                        tensor.name(),
                        "ends at byte " + covered + " but the file holds " + dataLength + " bytes of data",
                        "Copy or download the file again");
            }
        }
        if (covered != dataLength) {
            throw SafetensorsException.of(
                    Problem.TRAILING_BYTES,
                    file,
                    (dataLength - covered) + " bytes follow the last tensor",
                    "Copy or download the file again");
        }
        return ordered;
    }

    private static void checkSize(String file, TensorInfo tensor) {
        long needed;
        try {
            needed = TensorSpec.byteLength(tensor.dtype(), tensor.shape());
        } catch (ArithmeticException overflow) {
            throw SafetensorsException.ofTensor(
                            Problem.SHAPE,
                            file,
                            tensor.name(),
                            "has more bytes than a file can hold: " + tensor.shape(),
                            CURE)
                    .causedBy(overflow);
        }
        if (tensor.begin() < 0 || tensor.end() < tensor.begin() || tensor.byteLength() != needed) {
            throw SafetensorsException.ofTensor(
                    Problem.OFFSETS,
                    file,
                    tensor.name(),
                    "has data_offsets [" + tensor.begin() + ", " + tensor.end() + "], but " + tensor.dtype() + " "
                            + SafetensorsException.excerpt(tensor.shape().toString()) + " needs " + needed + " bytes",
                    CURE);
        }
    }
}
