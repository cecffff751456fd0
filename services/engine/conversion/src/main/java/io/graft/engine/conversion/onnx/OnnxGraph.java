package io.graft.engine.conversion.onnx;

import java.util.List;

/** What a conversion needs of a graph. */
record OnnxGraph(List<OnnxNode> nodes, List<OnnxTensor> initializers) {
    OnnxGraph {
        nodes = List.copyOf(nodes);
        initializers = List.copyOf(initializers);
    }
}
