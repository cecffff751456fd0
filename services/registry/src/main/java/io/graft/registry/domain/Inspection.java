package io.graft.registry.domain;

import io.graft.v1.Architecture;
import io.graft.v1.TensorSpec;
import io.graft.v1.Vocabulary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the registry learnt about a model version by looking at its files.
 *
 * @param architecture null when the version carries no {@code config.json}
 * @param vocabulary null when the version carries no tokenizer that lists its tokens
 * @param tensors every tensor, by file and then by position
 * @param parameterCount elements of all tensors in all
 */
record Inspection(
        @Nullable Architecture architecture,
        @Nullable Vocabulary vocabulary,
        List<TensorSpec> tensors,
        long parameterCount) {
    Inspection {
        tensors = List.copyOf(tensors);
    }
}
