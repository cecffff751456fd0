package io.graft.engine.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.tensors.nn.Weights;
import java.util.List;
import java.util.Map;

/** One kind of model, found through ServiceLoader. Implementations have no state. */
public interface ModelFamily {
    /** {@code model_type} in a configuration. */
    String modelType();

    /** The architecture for each task that the family can do, by the reference library's class names. */
    Map<Task, String> architectures();

    /**
     * Builds a model.
     *
     * @param config complete, with one of the {@link #architectures} named first
     * @throws ModelException naming every problem of the configuration
     */
    Model build(ObjectNode config, String architecture, Weights weights);

    /** Other names under which a checkpoint may hold a tensor of this family, most likely first. */
    default List<String> aliases(String tensor) {
        return List.of();
    }

    /** Prefixes of the parts that a checkpoint for another task has or lacks: they are left out, or filled anew. */
    default List<String> heads() {
        return List.of();
    }
}
