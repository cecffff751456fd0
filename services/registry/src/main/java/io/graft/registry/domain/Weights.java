package io.graft.registry.domain;

import io.graft.v1.TensorSpec;
import java.util.List;
import java.util.Map;

/**
 * The headers of all weight files of a version.
 *
 * @param tensors every tensor, by file and then by position
 * @param metadata the free strings of the first file
 */
record Weights(List<TensorSpec> tensors, Map<String, String> metadata) {
    Weights {
        tensors = List.copyOf(tensors);
        metadata = Map.copyOf(metadata);
    }
}
