package io.graft.engine.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.Parameter;

/** A whole model with its configuration. Parameters of an opened model are frozen, those of a new one trainable. */
public interface Model extends Module {
    /** The content of {@code config.json}; a copy. */
    ObjectNode config();

    @Override
    default String name() {
        return "";
    }

    /**
     * A parameter or buffer by its full name.
     *
     * @throws ModelException if there is none
     */
    default Parameter parameter(String name) {
        return stored().stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ModelException("model", "there is no parameter " + name));
    }

    /** The name that this model uses for a module or parameter named as another release of the reference library does. */
    default String canonicalName(String name) {
        return name;
    }
}
