package io.graft.engine.metrics.gate;

import java.util.List;

/**
 * A part of the examples that is looked at by itself, such as one language or one class.
 *
 * @param examples indices from 0, each once
 */
public record Subset(String name, List<Integer> examples) {
    public Subset {
        examples = List.copyOf(examples);
    }

    int[] indices() {
        return examples.stream().mapToInt(Integer::intValue).toArray();
    }
}
