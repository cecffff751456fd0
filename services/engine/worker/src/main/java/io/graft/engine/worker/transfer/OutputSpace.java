package io.graft.engine.worker.transfer;

import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.TensorSpec;
import io.graft.engine.worker.ScratchSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Room for the weights that are about to be written, now that their headers are known. */
final class OutputSpace {
    private OutputSpace() {}

    /** @param dtype type of every tensor with arithmetic; null for each tensor's own */
    static void require(Path folder, Collection<TensorSpec> tensors, @Nullable Dtype dtype) throws IOException {
        long bytes = tensors.stream()
                .map(tensor -> dtype != null && tensor.dtype().isArithmetic() ? tensor.withDtype(dtype) : tensor)
                .mapToLong(TensorSpec::byteLength)
                .sum();
        ScratchSpace.require(folder, Map.of("output", bytes));
    }
}
