package io.graft.engine.methods.peft;

import io.graft.engine.safetensors.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the tensors of an adapter's file are, checked against its configuration and each other.
 *
 * @param layers by module as the file names it
 * @param parameters keys of parameters that are stored whole, by parameter as the file names it
 */
record AdapterLayout(Map<String, Layer> layers, Map<String, String> parameters) {
    /** Keys and sizes of one module's tensors, and the scaling that the configuration gives it. */
    record Layer(String a, String b, @Nullable String magnitude, int rank, long in, long out, double scaling) {}

    private record Parts(Map<AdapterKeys.Role, TensorSpec> tensors) {}

    /**
     * Sorts the tensors.
     *
     * @throws AdapterException naming every tensor without a partner, of a wrong shape, or that nothing asks for
     */
    static AdapterLayout of(LoraConfig config, List<TensorSpec> tensors) {
        Map<String, Parts> modules = new LinkedHashMap<>();
        Map<String, String> parameters = new LinkedHashMap<>();
        for (TensorSpec tensor : tensors) {
            AdapterKeys.Part part = AdapterKeys.parse(tensor.name());
            switch (part.role()) {
                case A, B, MAGNITUDE ->
                    modules.computeIfAbsent(part.module(), key -> new Parts(new LinkedHashMap<>()))
                            .tensors()
                            .put(part.role(), tensor);
                case PARAMETER -> parameters.put(part.module(), part.key());
                case COPY -> {}
            }
        }
        checkParameters(config, parameters);
        Map<String, LoraTarget> targets = targets(config, modules.keySet());
        Map<String, Layer> layers = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        List<String> misfits = new ArrayList<>();
        modules.forEach((module, parts) -> {
            TensorSpec a = parts.tensors().get(AdapterKeys.Role.A);
            TensorSpec b = parts.tensors().get(AdapterKeys.Role.B);
            TensorSpec magnitude = parts.tensors().get(AdapterKeys.Role.MAGNITUDE);
            LoraTarget target = targets.get(module);
            if (a == null || b == null || config.dora() != (magnitude != null)) {
                missing.add(module + " has " + parts.tensors().keySet()
                        + (config.dora() ? ", wants A, B and MAGNITUDE" : ", wants A and B"));
            } else if (target != null && fits(a, b, magnitude, target.rank())) {
                layers.put(module, layer(a, b, magnitude, target));
            } else {
                misfits.add(module + ": A " + a.shape() + ", B " + b.shape()
                        + (magnitude == null ? "" : ", magnitude " + magnitude.shape()) + ", r "
                        + (target == null ? "unknown" : target.rank()));
            }
        });
        refuse(AdapterProblem.PARTNER_MISSING, missing);
        refuse(AdapterProblem.SHAPE, misfits);
        return new AdapterLayout(Collections.unmodifiableMap(layers), Collections.unmodifiableMap(parameters));
    }

    private static Layer layer(TensorSpec a, TensorSpec b, @Nullable TensorSpec magnitude, LoraTarget target) {
        return new Layer(
                a.name(),
                b.name(),
                magnitude == null ? null : magnitude.name(),
                target.rank(),
                a.shape().get(1),
                b.shape().get(0),
                target.scaling());
    }

    private static boolean fits(TensorSpec a, TensorSpec b, @Nullable TensorSpec magnitude, int rank) {
        return a.shape().size() == 2
                && b.shape().size() == 2
                && a.shape().get(0) == rank
                && b.shape().get(1) == rank
                && (magnitude == null
                        || magnitude.shape().equals(List.of(b.shape().get(0))));
    }

    private static Map<String, LoraTarget> targets(LoraConfig config, Set<String> modules) {
        if (modules.isEmpty()) {
            throw new AdapterException(AdapterProblem.PARTNER_MISSING, "the file holds no lora_A and lora_B");
        }
        Map<String, LoraTarget> targets = new LinkedHashMap<>();
        new TargetMatcher(config).match(modules, Set.of()).forEach(target -> targets.put(target.module(), target));
        List<String> strangers =
                modules.stream().filter(module -> !targets.containsKey(module)).toList();
        if (!strangers.isEmpty()) {
            throw new AdapterException(
                    AdapterProblem.UNKNOWN_TENSOR,
                    "target_modules do not cover " + String.join(", ", strangers)
                            + ", which the file has factors for; PEFT would leave them out without a word");
        }
        return targets;
    }

    private static void checkParameters(LoraConfig config, Map<String, String> parameters) {
        TargetMatcher matcher = new TargetMatcher(config);
        List<String> strangers = parameters.keySet().stream()
                .filter(name -> !matcher.isSaved(name.substring(0, Math.max(0, name.lastIndexOf('.'))))
                        && !(config.bias() != BiasMode.NONE && name.endsWith(".bias")))
                .toList();
        if (!strangers.isEmpty()) {
            throw new AdapterException(
                    AdapterProblem.UNKNOWN_TENSOR,
                    "neither modules_to_save nor bias asks for " + String.join(", ", strangers));
        }
    }

    private static void refuse(AdapterProblem problem, List<String> messages) {
        if (!messages.isEmpty()) {
            throw new AdapterException(problem, messages);
        }
    }
}
