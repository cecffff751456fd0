package io.graft.registry.domain;

import io.graft.v1.Architecture;
import io.graft.v1.DiffVector;
import io.graft.v1.TensorSpec;
import io.graft.v1.Vocabulary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the registry learnt about a model version by looking at its files.
 *
 * @param architecture null when the version carries no {@code config.json}
 * @param vocabulary null when the version carries no tokenizer that lists its tokens
 * @param diff null unless the version is a diff vector
 * @param tensors every tensor, by file and then by position
 */
record Inspection(
        @Nullable Architecture architecture,
        @Nullable Vocabulary vocabulary,
        @Nullable DiffVector diff,
        List<TensorSpec> tensors) {
    Inspection {
        tensors = List.copyOf(tensors);
    }

    /** Elements of all tensors in all. */
    long parameterCount() {
        return tensors.stream().mapToLong(Inspection::elements).sum();
    }

    private static long elements(TensorSpec tensor) {
        return tensor.getShapeList().stream().mapToLong(Long::longValue).reduce(1, (left, right) -> left * right);
    }
}
