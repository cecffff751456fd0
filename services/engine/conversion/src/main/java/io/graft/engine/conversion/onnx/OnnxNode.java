package io.graft.engine.conversion.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a graph.
 *
 * @param name as the exporter chose it; PyTorch's contains the module path
 * @param inputs names of values, in the operation's order
 * @param constant the value of a {@code Constant} node, otherwise null
 */
public record OnnxNode(
        String name,
        String operation,
        List<String> inputs,
        List<String> outputs,
        @Nullable OnnxTensor constant) {
    public OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
