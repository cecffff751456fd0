package io.graft.engine.methods.optimizer;

import io.graft.engine.tensors.nn.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parameters that share a learning rate and a weight decay.
 *
 * @param name for reports
 * @param rateFactor what the schedule's rate is multiplied by
 * @param decayFactor what the optimizer's weight decay is multiplied by
 */
public record ParameterGroup(String name, List<Parameter> parameters, double rateFactor, double decayFactor) {
    /** Copies the list and refuses factors that are negative or not finite. */
    public ParameterGroup {
        parameters = List.copyOf(parameters);
        if (!(rateFactor >= 0 && decayFactor >= 0) || !Double.isFinite(rateFactor) || !Double.isFinite(decayFactor)) {
            throw new IllegalArgumentException(
                    name + ": factors of a group are 0 or more: rate " + rateFactor + ", decay " + decayFactor);
        }
    }

    /** The usual two groups: matrices decay, biases and gains of norms (vectors and scalars) do not. */
    public static List<ParameterGroup> of(List<Parameter> parameters) {
        Map<Boolean, List<Parameter>> parts = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            parts.computeIfAbsent(decays(parameter), key -> new ArrayList<>()).add(parameter);
        }
        List<ParameterGroup> groups = new ArrayList<>();
        parts.forEach((decays, members) ->
                groups.add(new ParameterGroup(decays ? "decayed" : "not decayed", members, 1, decays ? 1 : 0)));
        return List.copyOf(groups);
    }

    /** Whether weight decay usually applies: biases and gains are vectors, everything else has more dimensions. */
    public static boolean decays(Parameter parameter) {
        return parameter.value().rank() > 1;
    }
}
