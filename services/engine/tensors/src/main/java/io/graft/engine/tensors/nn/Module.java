package io.graft.engine.tensors.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A part of a model: its own parameters and its parts, in the order of the reference implementation. */
public interface Module {
    /** Full dotted name, empty for the model itself. */
    String name();

    /** Parameters of this part alone. */
    default List<Parameter> ownParameters() {
        return List.of();
    }

    /** Tensors of this part alone that are stored with the model but not trained, by full name. */
    default List<Parameter> ownBuffers() {
        return List.of();
    }

    /** Parts of this part. */
    default List<? extends Module> children() {
        return List.of();
    }

    /** Switches dropout and batch statistics on or off here and in all parts. */
    default void training(boolean on) {
        children().forEach(child -> child.training(on));
    }

    /** This part and all below it, depth first. */
    default Stream<Module> modules() {
        return Stream.concat(Stream.of(this), children().stream().flatMap(Module::modules));
    }

    /** All parameters, those of adapters included; a shared one once. */
    default List<Parameter> parameters() {
        return modules()
                .flatMap(module -> module.ownParameters().stream())
                .distinct()
                .toList();
    }

    /** All parameters that gradients are recorded for. */
    default List<Parameter> trainableParameters() {
        return parameters().stream().filter(Parameter::trainable).toList();
    }

    /** What of this part alone belongs into a checkpoint of the model: parameters without adapters, and buffers. */
    default List<Parameter> ownStored() {
        return Stream.concat(ownParameters().stream(), ownBuffers().stream()).toList();
    }

    /** What belongs into a checkpoint of the model; a shared parameter once. */
    default List<Parameter> stored() {
        return modules()
                .flatMap(module -> module.ownStored().stream())
                .distinct()
                .toList();
    }

    /** Every linear layer by its full name. */
    default Map<String, Linear> linears() {
        Map<String, Linear> found = new LinkedHashMap<>();
        modules().forEach(module -> {
            if (module instanceof Linear linear) {
                found.put(linear.name(), linear);
            }
        });
        return found;
    }

    /** Freezes or thaws all parameters. */
    default void setTrainable(boolean on) {
        parameters().forEach(parameter -> parameter.setTrainable(on));
    }
}
