package io.graft.engine.methods.peft;

import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parameters of the base that an adapter stores whole, and trains but for neutral ones: modules to save, and biases. */
final class SavedParameters {
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> originals = new LinkedHashMap<>();

    /** Finds them and keeps a copy of each, so that the base can be had back. */
    SavedParameters(Module root, LoraConfig config, Set<String> adapted, Scope home) {
        TargetMatcher matcher = new TargetMatcher(config);
        for (Parameter parameter : root.parameters()) {
            int dot = parameter.name().lastIndexOf('.');
            String module = dot < 0 ? "" : parameter.name().substring(0, dot);
            boolean bias = parameter.name().endsWith(".bias");
            boolean wanted = switch (config.bias()) {
                case NONE -> false;
                case ALL -> bias;
                case LORA_ONLY -> bias && adapted.contains(module);
            };
            if (wanted || matcher.isSaved(module)) {
                parameters.put(parameter.name(), parameter);
                originals.put(
                        parameter.name(), home.keep(parameter.value().detach().copy()));
            }
        }
    }

    Map<String, Parameter> byName() {
        return parameters;
    }

    void setTrainable(Set<String> exceptModules) {
        parameters.forEach((name, parameter) ->
                parameter.setTrainable(!exceptModules.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))))));
    }

    List<Parameter> trained() {
        return parameters.values().stream().filter(Parameter::trainable).toList();
    }

    /** Exchanges the trained values for the base's, and at the next call back. */
    void swap() {
        originals.forEach((name, original) -> {
            Parameter parameter = parameters.get(name);
            if (parameter != null) {
                Tensor trained = parameter.value().detach().copy();
                parameter.value().copyInPlace(original);
                original.copyInPlace(trained);
                trained.close();
            }
        });
    }
}
